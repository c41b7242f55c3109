using Microsoft.AspNetCore.SignalR;
using SmartRateLimit.AspNetCore.Tests.Components;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>Limits that no generator sees: in Razor, and on endpoints that others make of a class.</summary>
public sealed class RazorTests
{
    [Theory]
    [InlineData("/attributed/page", "Attributed")]
    [InlineData("/attributed/component", "")]
    public async Task An_attribute_in_Razor_limits_its_endpoint(string path, string policy)
    {
        await using var app = await StartAsync();

        Assert.Equal(2, await app.AdmittedAsync(path, 4));
        Assert.Equal(2, await app.AdmittedAsync(path, 4, "192.0.2.2"));
        using var rejected = await app.SendAsync(path);
        Assert.Equal(429, (int)rejected.StatusCode);
        Assert.Contains(policy, rejected.Headers.GetValues("RateLimit").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_hub_is_limited_when_a_client_connects_and_not_for_each_call()
    {
        await using var app = await StartAsync();

        Assert.Equal(2, await NegotiatedAsync(app, "192.0.2.1"));
        Assert.Equal(2, await NegotiatedAsync(app, "192.0.2.2"));
    }

    [Fact]
    public async Task A_group_of_pages_and_hubs_is_limited_as_any_other()
    {
        await using var app = await StartAsync();

        Assert.Equal(3, await app.AdmittedAsync("/free/page", 5));
    }

    [Theory]
    [InlineData("page")]
    [InlineData("component")]
    [InlineData("hub")]
    public async Task Without_the_middleware_a_limit_in_Razor_or_on_a_hub_stops_the_start(string kind)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(
            web =>
            {
                web.UseAntiforgery();
                switch (kind)
                {
                    case "page":
                        web.MapRazorPages();
                        break;
                    case "component":
                        web.MapRazorComponents<Root>();
                        break;
                    default:
                        web.MapHub<CountedHub>("/counted");
                        break;
                }
            },
            Configure));

        Assert.Contains("call app.UseSmartRateLimit()", error.Message, StringComparison.Ordinal);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        web =>
        {
            web.UseSession();
            web.UseSmartRateLimit(options =>
            {
                options.TenantSource = options.ApiKeySource = "header:X-Any";
                options.Rules.Add(new HttpRateLimitRule { Path = "/free", Rate = "3/h" });
            });
            web.UseAntiforgery();
            web.MapRazorPages();
            web.MapRazorComponents<Root>();
            web.MapHub<CountedHub>("/counted");
        },
        Configure);

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddDistributedMemoryCache().AddSession();
        builder.Services.AddSignalR();
        builder.Services.AddRazorComponents();
    }

    private static async Task<int> NegotiatedAsync(TestApp app, string ip)
    {
        var admitted = 0;
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/counted/negotiate?negotiateVersion=1");
            request.Headers.Add("X-Test-Ip", ip);
            using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            admitted += response.IsSuccessStatusCode ? 1 : 0;
        }

        return admitted;
    }
}

[RateLimited("2/h", Key = HttpKey.Ip)]
public sealed class CountedHub : Hub;
