using System.Net;
using System.Text;
using static SmartRateLimit.AspNetCore.Tests.Fixture.Answered;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>What a response says of its limits, in headers and to its handler.</summary>
public sealed class HeadersTests
{
    [Fact]
    public async Task An_admitted_response_tells_policy_and_rest()
    {
        await using var app = await StartAsync(web => web.MapGet("/", () => "ok").RateLimited("100/m", HttpKey.Ip, limit => limit.Name = "search"));
        using var response = await app.SendAsync("/");

        Assert.Equal("\"search\";q=100;w=60", Header(response, "RateLimit-Policy"));
        Assert.Equal("\"search\";r=99;t=1", Header(response, "RateLimit"));
        Assert.Equal("100", Header(response, "X-RateLimit-Limit"));
        Assert.Equal("99", Header(response, "X-RateLimit-Remaining"));
        Assert.Equal("1", Header(response, "X-RateLimit-Reset"));
        Assert.Null(Header(response, "Retry-After"));
    }

    [Fact]
    public async Task Several_policies_are_list_members_and_further_rates_stand_in_the_policy_only()
    {
        await using var app = await StartAsync(web => web.MapGroup("/g").RateLimited("1000/d", "*", limit => limit.Name = "all")
            .MapGet("/", () => "ok").RateLimited("10/s; 500/h; 7/1500ms", HttpKey.Ip, limit => limit.Name = "search"));
        using var response = await app.SendAsync("/g");

        Assert.Equal("\"all\";q=1000;w=86400, \"search\";q=10;w=1, \"search~2\";q=500;w=3600, \"search~3\";q=7", Header(response, "RateLimit-Policy"));
        Assert.StartsWith("\"all\";r=999;t=", Header(response, "RateLimit"), StringComparison.Ordinal);
        Assert.Contains(", \"search\";r=6;t=", Header(response, "RateLimit"), StringComparison.Ordinal);
        Assert.Equal("6", Header(response, "X-RateLimit-Remaining"));
        Assert.Equal("7", Header(response, "X-RateLimit-Limit"));
    }

    [Fact]
    public async Task The_name_of_a_policy_is_escaped_as_a_structured_field()
    {
        await using var app = await StartAsync(web => web.MapGet("/", () => "ok").RateLimited("1/h", "*", limit => limit.Name = "a\"b\\c\nd\u00e9"));
        using var response = await app.SendAsync("/");

        Assert.Equal("\"a\\\"b\\\\c%0Ad%C3%A9\";q=1;w=3600", Header(response, "RateLimit-Policy"));
    }

    [Fact]
    public async Task Headers_can_be_switched_off()
    {
        await using var standard = await StartAsync(Map, options => options.LegacyHeaders = false);
        await using var legacy = await StartAsync(Map, options => options.StandardHeaders = false);
        using var first = await standard.SendAsync("/");
        using var second = await legacy.SendAsync("/");

        Assert.NotNull(Header(first, "RateLimit"));
        Assert.Null(Header(first, "X-RateLimit-Limit"));
        Assert.Null(Header(second, "RateLimit"));
        Assert.Null(Header(second, "RateLimit-Policy"));
        Assert.NotNull(Header(second, "X-RateLimit-Limit"));

        static void Map(WebApplication web) => web.MapGet("/", () => "ok").RateLimited("5/m", "*");
    }

    [Fact]
    public async Task Without_Block_a_request_over_the_limit_goes_on_and_is_told()
    {
        await using var app = await StartAsync(
            web => web.MapGet("/", (HttpContext context) => context.GetRateLimit().IsAllowed ? "within" : "over").RateLimited("1/m", "*"),
            options => options.Block = false);
        await app.StatusAsync("/");
        using var response = await app.SendAsync("/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("over", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("\"GET /\";r=0;t=60", Header(response, "RateLimit"));
        Assert.Null(Header(response, "Retry-After"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_the_shadow_a_client_sees_nothing(bool isOption)
    {
        await using var app = await StartAsync(
            web => web.MapGet("/", Reason).RateLimited("1/m", "*", limit => limit.Shadow = !isOption),
            options => options.Shadow = isOption);
        await app.StatusAsync("/");
        using var response = await app.SendAsync("/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Shadowed", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Null(Header(response, "RateLimit"));
        Assert.Null(Header(response, "X-RateLimit-Limit"));

        static string Reason(HttpContext context) => context.GetRateLimit().Decisions.Single().Reason.ToString();
    }

    [Fact]
    public async Task Every_decision_can_be_read_in_the_handler()
    {
        await using var app = await StartAsync(
            web => web.MapGet("/", Names).RateLimited("5/m", "*", limit => limit.Name = "own"),
            options => options.DefaultRate = "9/m");
        using var response = await app.SendAsync("/");
        var text = new StringBuilder(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal("default=8 own=4 most=own", text.ToString());

        static string Names(HttpContext context)
        {
            var limits = context.GetRateLimit();
            return string.Join(' ', limits.Decisions.Select(decision => $"{decision.Policy!.Name}={decision.Remaining}")) + " most=" + limits.MostRestrictive!.Value.Policy!.Name;
        }
    }

    [Fact]
    public async Task A_skipped_request_is_neither_counted_nor_told()
    {
        RateLimitFunctions.AddSkip(typeof(HeadersTests), "IsAdmin", context => ((HttpContext)context).Request.Headers["X-Test-User"] == "admin");
        await using var app = await StartAsync(web => web.MapGet("/", () => "ok").RateLimited("1/m", "*", limit =>
        {
            limit.KeyType = typeof(HeadersTests);
            limit.SkipIf = "IsAdmin";
        }));
        for (var i = 0; i < 3; i++)
        {
            using var admin = await app.SendAsync("/", user: "admin");
            Assert.Equal(HttpStatusCode.OK, admin.StatusCode);
            Assert.Null(Header(admin, "RateLimit"));
        }

        Assert.Equal(1, await app.AdmittedAsync("/", 3));
    }

    [Fact]
    public async Task A_cost_function_says_what_a_request_takes()
    {
        RateLimitFunctions.AddCost(typeof(HeadersTests), "Size", context => long.Parse(((HttpContext)context).Request.Query["size"]!, System.Globalization.CultureInfo.InvariantCulture));
        await using var app = await StartAsync(web => web.MapGet("/", () => "ok").RateLimited("10/m", "*", limit =>
        {
            limit.KeyType = typeof(HeadersTests);
            limit.Cost = "Size";
        }));

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/?size=7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/?size=4"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/?size=3"));
    }
}
