using Microsoft.AspNetCore.Mvc;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>Which requests are for one endpoint, and so for one bucket.</summary>
public sealed class EndpointIdentityTests
{
    [Fact]
    public async Task Actions_of_a_conventional_route_have_buckets_and_rules_of_their_own()
    {
        await using var app = await StartAsync(options => options.Rules.Add(new HttpRateLimitRule { Path = "/Conventional/Ruled", Rate = "3/h" }));

        Assert.Equal(1, await app.AdmittedAsync("/conventional/strict", 3));
        Assert.Equal(2, await app.AdmittedAsync("/conventional/loose", 3));
        Assert.Equal(3, await app.AdmittedAsync("/conventional/ruled/7", 5));
        using var response = await app.SendAsync("/conventional/loose/5");
        Assert.Equal("\"/Conventional/Loose/{id?}\";r=0;t=1800", response.Headers.GetValues("RateLimit").Single());
        Assert.False(app.Logs.Has(LogLevel.Warning, "/Conventional/"));
    }

    [Fact]
    public async Task The_routes_of_a_page_share_its_bucket()
    {
        await using var app = await StartAsync();

        Assert.Equal(1, await app.AdmittedAsync("/Many", 1));
        Assert.Equal(1, await app.AdmittedAsync("/Many/Index", 3));
    }

    [Fact]
    public async Task One_pattern_on_two_hosts_is_two_endpoints()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGet("/x", [RateLimited("1/h", Key = "*")] () => "a").RequireHost("a.example");
            web.MapGet("/x", [RateLimited("1/h", Key = "*")] () => "b").RequireHost("b.example");
        });

        Assert.Equal(200, await OnAsync("a.example"));
        Assert.Equal(429, await OnAsync("a.example"));
        Assert.Equal(200, await OnAsync("b.example"));

        async Task<int> OnAsync(string host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/x");
            request.Headers.Host = host;
            using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task Limits_of_one_name_and_different_numbers_are_told()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGet("/a", [RateLimited("1/h", Key = "*", Name = "shared")] () => "a");
            web.MapGet("/b", [RateLimited("2/h", Key = "*", Name = "shared")] () => "b");
            web.MapGet("/c", [RateLimited("3/h", Key = "*", Name = "agreed")] () => "c");
            web.MapGet("/d", [RateLimited("3/h", Key = "*", Name = "agreed")] () => "d");
        });

        Assert.True(app.Logs.Has(LogLevel.Warning, "the bucket \"shared\" and give it different numbers: 1/h and 2/h"));
        Assert.False(app.Logs.Has(LogLevel.Warning, "agreed"));
    }

    private static Task<TestApp> StartAsync(Action<HttpRateLimitOptions>? configure = null) => TestApp.StartAsync(
        web =>
        {
            web.UseSession();
            web.UseSmartRateLimit(options =>
            {
                options.TenantSource = options.ApiKeySource = "header:X-Any";
                configure?.Invoke(options);
            });
            web.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");
            web.MapRazorPages();
        },
        builder =>
        {
            builder.Services.AddDistributedMemoryCache().AddSession();
            builder.Services.AddControllersWithViews();
        });
}

public sealed class ConventionalController : Controller
{
    [RateLimited("1/h", Key = HttpKey.Ip)]
    public string Strict() => "ok";

    [RateLimited("2/h", Key = HttpKey.Ip)]
    public string Loose() => "ok";

    public string Ruled() => "ok";
}
