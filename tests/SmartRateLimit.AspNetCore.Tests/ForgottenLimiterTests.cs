using Microsoft.AspNetCore.TestHost;
using SmartRateLimit.AspNetCore.Library;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>An application that calls neither AddSmartRateLimit nor UseSmartRateLimit is told when it starts, whatever host it has.</summary>
public sealed class ForgottenLimiterTests
{
    public static TheoryData<string> Hosts => ["default", "slim", "empty", "generic"];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_limited_endpoint_without_any_limiter_stops_the_start(string kind)
    {
        using var host = Build(kind, routes => routes.MapGet("/search", [RateLimited("1/s", Key = HttpKey.Ip)] () => "ok"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("/search", error.Message, StringComparison.Ordinal);
        Assert.Contains("builder.Services.AddSmartRateLimit()", error.Message, StringComparison.Ordinal);
        Assert.Contains("app.UseSmartRateLimit()", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task An_application_that_limits_nothing_starts(string kind)
    {
        using var host = Build(kind, routes =>
        {
            routes.MapGet("/", () => "ok");
            routes.MapGet("/out", [RateLimited("1/s", Key = HttpKey.Ip), DisableRateLimit] () => "ok");
        });
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var client = host.GetTestClient();

        Assert.Equal("ok", await client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_limited_endpoint_of_a_library_stops_the_start()
    {
        using var host = Build("default", routes => routes.MapLibrary());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("/library/lambda", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partial_handler_needs_nothing_to_be_enforced()
    {
        Delegate handler = LibraryEndpoints.Place;
        using var host = Build("default", routes => routes.MapGet("/{tenant}", handler), services => services.AddSingleton<IRateLimiter>(SmartRateLimiter.Shared));

        await host.StartAsync(TestContext.Current.CancellationToken);
    }

    private static IHost Build(string kind, Action<IEndpointRouteBuilder> map, Action<IServiceCollection>? register = null)
    {
        if (kind == "generic")
        {
            return new HostBuilder()
                .ConfigureWebHost(web => web.UseTestServer()
                    .ConfigureServices(services => services.AddRouting())
                    .Configure(app => app.UseRouting().UseEndpoints(map)))
                .Build();
        }

        var options = new WebApplicationOptions { ContentRootPath = TestApp.Root };
        var builder = kind switch
        {
            "default" => WebApplication.CreateBuilder(options),
            "slim" => WebApplication.CreateSlimBuilder(options),
            _ => WebApplication.CreateEmptyBuilder(options),
        };
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        register?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        return app;
    }
}
