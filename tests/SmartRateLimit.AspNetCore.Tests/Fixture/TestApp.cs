using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.TestHost;

namespace SmartRateLimit.AspNetCore.Tests.Fixture;

/// <summary>
/// An application on the in-memory server. The headers <c>X-Test-Ip</c>, <c>X-Test-User</c> and <c>X-Test-Team</c> stand
/// for what a connection and authentication would say.
/// </summary>
public sealed class TestApp : IAsyncDisposable
{
    /// <summary>Settings files are watched with every folder below the root, so it is an empty one.</summary>
    internal static readonly string Root = Directory.CreateTempSubdirectory("smartratelimit-web").FullName;

    private readonly WebApplication _app;

    private TestApp(WebApplication app, ManualTime time, TestLogs logs)
    {
        _app = app;
        Time = time;
        Logs = logs;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public ManualTime Time { get; }

    public TestLogs Logs { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Builds and starts an application; <paramref name="pipeline"/> has to call UseSmartRateLimit itself.</summary>
    public static async Task<TestApp> StartAsync(Action<WebApplication> pipeline, Action<WebApplicationBuilder>? configure = null)
    {
        // The settings file of the sample lies next to the tests; these applications have settings of their own.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = Root });
        var time = new ManualTime();
        var logs = new TestLogs();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddSmartRateLimit(options => options.TimeProvider = time);
        builder.Services.AddRazorPages();
        builder.Services.AddControllers().AddApplicationPart(typeof(TestApp).Assembly);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.Use(Impersonate);
        pipeline(app);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new TestApp(app, time, logs);
    }

    /// <summary>Sends a request and gives its status.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path, string? ip = "192.0.2.1", string? user = null)
    {
        using var response = await SendAsync(path, ip, user);
        return response.StatusCode;
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string? ip = "192.0.2.1", string? user = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        Add(request, "X-Test-Ip", ip);
        Add(request, "X-Test-User", user);
        Add(request, "Accept", accept);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends the same request several times and gives how many were admitted.</summary>
    public async Task<int> AdmittedAsync(string path, int count, string? ip = "192.0.2.1")
    {
        var admitted = 0;
        for (var i = 0; i < count; i++)
        {
            admitted += await StatusAsync(path, ip) == HttpStatusCode.OK ? 1 : 0;
        }

        return admitted;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static void Add(HttpRequestMessage request, string header, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }

    private static Task Impersonate(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers["X-Test-Ip"] is [{ } ip])
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(ip);
        }

        if (context.Request.Headers["X-Test-User"] is [{ } user])
        {
            var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, user) };
            if (context.Request.Headers["X-Test-Team"] is [{ } team])
            {
                claims.Add(new Claim("team", team));
            }

            context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, "test"));
        }

        return next(context);
    }
}
