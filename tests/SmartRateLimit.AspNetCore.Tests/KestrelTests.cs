using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

public sealed class KestrelTests
{
    private const int Requests = 200;

    // Seen to fail: a rejected request went on to its endpoint; one more than the limit was admitted.
    [Theory]
    [InlineData("1.1", HttpProtocols.Http1)]
    [InlineData("2.0", HttpProtocols.Http2)]
    public async Task A_burst_of_200_parallel_requests_on_one_key_admits_exactly_the_limit(string version, HttpProtocols protocols)
    {
        await using var app = await StartAsync(protocols);
        using var client = new HttpClient
        {
            BaseAddress = new Uri(app.Urls.Single()),
            DefaultRequestVersion = Version.Parse(version),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var statuses = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => StatusAsync(client, "/both")));

        Assert.Equal(50, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(Requests - 50, statuses.Count(status => status == HttpStatusCode.TooManyRequests));

        // The group's 60 were charged for the 50 that passed, not for the rejected.
        var rest = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => StatusAsync(client, "/rest")));
        Assert.Equal(10, rest.Count(status => status == HttpStatusCode.OK));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<WebApplication> StartAsync(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = TestApp.Root });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddSmartRateLimit();
        var app = builder.Build();
        app.UseSmartRateLimit();
        var group = app.MapGroup("").RateLimited("60/d", HttpKey.Ip);
        group.MapGet("/both", [RateLimited("50/d", Key = HttpKey.Ip)] () => "ok");
        group.MapGet("/rest", () => "ok");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
