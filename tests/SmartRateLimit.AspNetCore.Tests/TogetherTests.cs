using System.Net;
using Microsoft.AspNetCore.Mvc;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

public sealed class TogetherTests
{
    // Seen to fail: each limit was decided alone.
    [Fact]
    public async Task A_default_of_100_and_an_endpoint_of_1_are_charged_once_for_the_one_of_20_requests_that_passes()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit(options =>
            {
                options.DefaultRate = "100/h";
                options.Key = RateLimitKey.Global;
            });
            web.MapGet("/one", [RateLimited("1/h", Key = HttpKey.Ip)] () => "ok");
            web.MapGet("/rest", () => "ok");
        });

        Assert.Equal(1, await app.AdmittedAsync("/one", 20));
        Assert.Equal(99, await app.AdmittedAsync("/rest", 120));
    }

    [Fact]
    public async Task A_group_of_5_and_its_endpoints_share_the_bucket_of_the_group()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            var group = web.MapGroup("/api").RateLimited("5/h", HttpKey.Ip);
            group.MapGet("/a", [RateLimited("2/h", Key = "*")] () => "ok");
            group.MapGet("/b", () => "ok");
        });

        Assert.Equal(2, await app.AdmittedAsync("/api/a", 10));
        Assert.Equal(3, await app.AdmittedAsync("/api/b", 10));
    }

    [Fact]
    public async Task Two_groups_of_one_prefix_do_not_share_a_bucket()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGroup("/api").RateLimited("1/h", HttpKey.Ip).MapGet("/a", () => "ok");
            web.MapGroup("/api").RateLimited("2/h", HttpKey.Ip).MapGet("/b", () => "ok");
        });

        Assert.Equal(1, await app.AdmittedAsync("/api/a", 5));
        Assert.Equal(2, await app.AdmittedAsync("/api/b", 5));
    }

    [Fact]
    public async Task Limits_of_class_and_action_both_apply_and_the_class_has_one_bucket_per_action()
    {
        await using var app = await StartWithControllersAsync();

        Assert.Equal(1, await app.AdmittedAsync("/both/strict", 5));
        Assert.Equal(3, await app.AdmittedAsync("/both/loose", 5));
        Assert.Equal(3, await app.AdmittedAsync("/both/other", 5));
    }

    [Fact]
    public async Task An_opted_out_action_is_not_limited_by_its_class_or_the_default()
    {
        await using var app = await StartWithControllersAsync(options => options.DefaultRate = "2/h");

        Assert.Equal(10, await app.AdmittedAsync("/both/free", 10));
    }

    [Fact]
    public async Task One_name_shares_one_bucket_over_endpoints()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGet("/a", [RateLimited("3/h", Key = HttpKey.Ip, Name = "shared")] () => "ok");
            web.MapGet("/b", [RateLimited("3/h", Key = HttpKey.Ip, Name = "shared")] () => "ok");
        });

        Assert.Equal(2, await app.AdmittedAsync("/a", 2));
        Assert.Equal(1, await app.AdmittedAsync("/b", 5));
    }

    // Seen to fail: what a request had been charged for was forgotten.
    [Fact]
    public async Task A_limit_that_an_endpoint_has_twice_is_charged_once()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGroup("/g").RateLimited("4/h", HttpKey.Ip, limit => limit.Name = "same")
                .MapGet("/", [RateLimited("4/h", Key = HttpKey.Ip, Name = "same")] () => "ok");
        });

        Assert.Equal(4, await app.AdmittedAsync("/g", 10));
    }

    // Seen to fail: what a request had been charged for was forgotten.
    [Fact]
    public async Task The_middleware_twice_in_the_pipeline_charges_once()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.UseStatusCodePagesWithReExecute("/limited");
            web.UseSmartRateLimit();
            web.MapGet("/limited", [RateLimited("4/h", Key = HttpKey.Ip)] () => "ok");
        });

        // Each of the two counts its own rules and plans; the request carries what was charged.
        Assert.Equal(4, await app.AdmittedAsync("/limited", 10));
    }

    // Seen to fail: the path as it was sent was part of the key.
    [Fact]
    public async Task The_spellings_of_a_path_that_route_to_one_endpoint_share_its_bucket()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit(options => options.Rules.Add(new() { Path = "/items", Rate = "3/h" }));
            web.MapGet("/orders/{id}", [RateLimited("2/h", Key = HttpKey.Ip)] (string id) => "ok");
            web.MapGet("/items/{id}", (string id) => "ok");
        });
        string[] spellings = ["/orders/7", "/ORDERS/7", "/orders/7/", "/%6Frders/7", "/orders/%37", "/Orders/8", "/orders/7?x=1", "/./orders/7"];
        string[] ruled = ["/items/7", "/ITEMS/7", "/items/7/", "/%69tems/7", "/Items/8", "/items/7?x"];

        Assert.Equal(2, await CountAsync(app, spellings));
        Assert.Equal(3, await CountAsync(app, ruled));
    }

    [Fact]
    public async Task Methods_of_one_pattern_have_buckets_of_their_own()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGet("/x", [RateLimited("1/h", Key = "*")] () => "ok");
            web.MapPost("/x", [RateLimited("1/h", Key = "*")] () => "ok");
        });
        using var posted = await app.Client.PostAsync(new Uri("/x", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        Assert.Equal(1, await app.AdmittedAsync("/x", 3));
    }

    private static async Task<int> CountAsync(TestApp app, string[] paths)
    {
        var admitted = 0;
        foreach (var path in paths)
        {
            admitted += await app.AdmittedAsync(path, 1);
        }

        return admitted;
    }

    private static Task<TestApp> StartWithControllersAsync(Action<HttpRateLimitOptions>? configure = null) => TestApp.StartAsync(
        app =>
        {
            app.UseSession();
            app.UseSmartRateLimit(options =>
            {
                options.TenantSource = options.ApiKeySource = "header:X-Any";
                configure?.Invoke(options);
            });
            app.MapControllers();
        },
        builder => builder.Services.AddDistributedMemoryCache().AddSession());
}

[Route("both")]
[RateLimited("3/h", Key = HttpKey.Ip)]
public sealed class BothController : ControllerBase
{
    [HttpGet("strict")]
    [RateLimited("1/h", Key = HttpKey.Ip)]
    public string Strict() => "ok";

    [HttpGet("loose")]
    [RateLimited("9/h", Key = HttpKey.Ip)]
    public string Loose() => "ok";

    [HttpGet("other")]
    public string Other() => "ok";

    [HttpGet("free")]
    [DisableRateLimit]
    public string Free() => "ok";
}
