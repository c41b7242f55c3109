using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.TestHost;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

public sealed class StartTests
{
    // Seen to fail: no endpoint was looked at before the start.
    [Fact]
    public async Task A_limited_endpoint_without_the_middleware_stops_the_start()
    {
        var error = await FailureAsync(app => app.MapGet("/search", [RateLimited("1/s", Key = "*")] () => "ok"));

        Assert.Contains("/search", error, StringComparison.Ordinal);
        Assert.Contains("call app.UseSmartRateLimit()", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limited_action_without_the_middleware_stops_the_start()
    {
        var error = await FailureAsync(app => app.MapControllers());

        Assert.Contains("is rate limited, but nothing enforces it", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limited_page_without_the_middleware_stops_the_start()
    {
        var error = await FailureAsync(app => app.MapRazorPages());

        Assert.Contains("/Attributed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limited_group_without_the_middleware_stops_the_start()
    {
        var error = await FailureAsync(app => app.MapGroup("/api").RateLimited("1/s", HttpKey.Ip).MapGet("/a", () => "ok"));

        Assert.Contains("/api/a", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_value_that_the_route_never_has_stops_the_start()
    {
        var error = await FailureAsync(app =>
        {
            app.UseSmartRateLimit();
            app.MapGet("/orders/{id}", (string id) => id).RateLimited("1/s", "route:order");
        });

        Assert.Contains("the route value \"order\", which the route \"/orders/{id}\" does not have; it has id", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_value_may_be_missing_where_a_chain_goes_on()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGet("/", () => "ok").RateLimited("2/h", "route:tenant|http:ip");
        });

        Assert.Equal(2, await app.AdmittedAsync("/", 5));
    }

    [Fact]
    public async Task An_application_without_limited_endpoints_needs_no_middleware()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.MapGet("/", () => "ok");
            web.MapGet("/out", [RateLimited("1/s", Key = "*")] () => "ok").DisableRateLimit();
        });

        Assert.Equal(3, await app.AdmittedAsync("/out", 3));
    }

    [Fact]
    public async Task The_middleware_before_routing_stops_the_start()
    {
        var error = await FailureAsync(app =>
        {
            app.UseSmartRateLimit();
            app.UseRouting();
            app.MapGet("/search", [RateLimited("1/s", Key = "*")] () => "ok");
        });

        Assert.Contains("stands before app.UseRouting()", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_middleware_after_the_endpoints_stops_the_start()
    {
        var error = await FailureAsync(app =>
        {
            app.UseRouting();
            app.MapGet("/search", [RateLimited("1/s", Key = "*")] () => "ok");
#pragma warning disable ASP0014 // The order of calls is what is tested.
            app.UseEndpoints(_ => { });
#pragma warning restore ASP0014
            app.UseSmartRateLimit();
        });

        Assert.Contains("stands after app.UseEndpoints()", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_middleware_before_routing_is_fine_where_no_endpoint_is_limited()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit(options => options.DefaultRate = "2/h");
            web.UseRouting();
            web.MapGet("/", () => "ok");
        });

        Assert.Equal(2, await app.AdmittedAsync("/", 5));
    }

    [Fact]
    public async Task An_application_of_a_startup_class_is_checked_as_well()
    {
        using var missing = Host(app => app.UseRouting().UseEndpoints(MapSearch));
        using var misplaced = Host(app => app.UseSmartRateLimit().UseRouting().UseEndpoints(MapSearch));
        using var late = Host(app => app.UseRouting().UseEndpoints(MapSearch).UseSmartRateLimit());
        using var right = Host(app => app.UseRouting().UseSmartRateLimit().UseEndpoints(MapSearch));

        Assert.Contains("nothing enforces it", await FailureAsync(missing), StringComparison.Ordinal);
        Assert.Contains("before app.UseRouting()", await FailureAsync(misplaced), StringComparison.Ordinal);
        Assert.Contains("after app.UseEndpoints()", await FailureAsync(late), StringComparison.Ordinal);
        await right.StartAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_limiter_the_middleware_says_what_to_call()
    {
        var builder = WebApplication.CreateBuilder();
        await using var app = builder.Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.UseSmartRateLimit());
        Assert.Contains("builder.Services.AddSmartRateLimit()", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TenantOff", "\"TenantOff\" names no key function")]
    [InlineData("{http:ip}:{TenantOff}", "\"TenantOff\" names no key function")]
    [InlineData("http:nobody", "'http:nobody' is no source")]
    [InlineData("{http:ip", "opens a hole that no '}' closes")]
    public async Task A_key_that_names_nothing_stops_the_start(string key, string expected)
    {
        var error = await FailureAsync(app =>
        {
            app.UseSmartRateLimit();
            app.MapGet("/search", () => "ok").WithMetadata(new RateLimitedAttribute("1/s") { Key = key });
        });

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("/search", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("{http:ip}:{tenant}")]
    public async Task A_key_that_names_an_argument_stops_the_start_and_says_what_to_do(string key)
    {
        var error = await FailureAsync(app =>
        {
            app.UseSmartRateLimit();
            app.MapGet("/{tenant}", (string tenant) => tenant).RateLimited("1/s", key);
        });

        Assert.Contains("limited before its arguments are bound", error, StringComparison.Ordinal);
        Assert.Contains("Make the handler partial, or use a source such as route:tenant", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cost", "names no cost function")]
    [InlineData("SkipIf", "names no skip function")]
    [InlineData("OnRejected", "names no fallback function")]
    [InlineData("Rate", "invalid at position 2")]
    [InlineData("Burst", "Burst")]
    [InlineData("MaxWait", "such as \"500ms\"")]
    [InlineData("Backend", "\"elsewhere\"")]
    [InlineData("NegativeCost", "at least 0")]
    public async Task A_setting_that_cannot_be_stops_the_start(string setting, string expected)
    {
        var attribute = setting switch
        {
            "Cost" => new RateLimitedAttribute("1/s") { Key = "*", Cost = "Price" },
            "NegativeCost" => new RateLimitedAttribute("1/s") { Key = "*", Cost = "-1" },
            "SkipIf" => new RateLimitedAttribute("1/s") { Key = "*", SkipIf = "IsAdmin" },
            "OnRejected" => new RateLimitedAttribute("1/s") { Key = "*", OnRejected = "Sorry" },
            "Rate" => new RateLimitedAttribute("1/fortnight") { Key = "*" },
            "Burst" => new RateLimitedAttribute("1/s") { Key = "*", Burst = 5, Algorithm = RateLimitAlgorithm.FixedWindow },
            "MaxWait" => new RateLimitedAttribute("1/s") { Key = "*", MaxWait = "soon" },
            _ => new RateLimitedAttribute("1/s") { Key = "*", Backend = "elsewhere" },
        };
        var error = await FailureAsync(app =>
        {
            app.UseSmartRateLimit();
            app.MapGet("/search", () => "ok").WithMetadata(attribute);
        });

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpKey.Tenant, "TenantSource")]
    [InlineData(HttpKey.ApiKey, "ApiKeySource")]
    [InlineData(HttpKey.Session, "builder.Services.AddSession()")]
    public async Task A_key_whose_source_is_not_set_stops_the_start(string key, string expected)
    {
        var ofEndpoint = await FailureAsync(app =>
        {
            app.UseSmartRateLimit();
            app.MapGet("/search", () => "ok").RateLimited("1/s", key);
        });
        var ofDefault = await FailureAsync(app => app.UseSmartRateLimit(options =>
        {
            options.DefaultRate = "1/s";
            options.Key = key;
        }));

        Assert.Contains(expected, ofEndpoint, StringComparison.Ordinal);
        Assert.Contains(expected, ofDefault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fluent_limit_is_checked_where_it_is_written()
    {
        var app = WebApplication.CreateBuilder().Build();

        Assert.Throws<FormatException>(() => app.MapGet("/", () => "ok").RateLimited("1/x", HttpKey.Ip));
        Assert.Throws<FormatException>(() => app.MapGet("/", () => "ok").RateLimited("1/s", "{http:ip"));
        Assert.Throws<ArgumentException>(() => app.MapGet("/", () => "ok").RateLimited("1/s", HttpKey.Ip, limit => limit.InitialPermits = 9));
    }

    [Fact]
    public async Task A_user_key_before_authentication_logs_an_error()
    {
        await using var app = await TestApp.StartAsync(
            web =>
            {
                web.UseSmartRateLimit();
                web.UseAuthentication();
                web.MapGet("/", () => "ok").RateLimited("1/s", HttpKey.UserOrIp);
            },
            builder => builder.Services.AddAuthentication());

        Assert.True(app.Logs.Has(LogLevel.Error, "stands before app.UseAuthentication()"));
    }

    [Fact]
    public async Task A_user_key_without_authentication_logs_an_error()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGet("/", () => "ok").RateLimited("1/s", HttpKey.User);
        });

        Assert.True(app.Logs.Has(LogLevel.Error, "authenticates nobody"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_key_behind_authentication_logs_nothing(bool isCalled)
    {
        await using var app = await TestApp.StartAsync(
            web =>
            {
                if (isCalled)
                {
                    web.UseAuthentication();
                }

                web.UseSmartRateLimit();
                web.MapGet("/", () => "ok").RateLimited("1/s", HttpKey.UserOrIp);
            },
            builder => builder.Services.AddAuthentication("cookie").AddCookie("cookie"));

        Assert.False(app.Logs.Has(LogLevel.Error, "rate limit"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_key_with_forwarded_headers_from_everywhere_logs_a_warning(bool isFromEverywhere)
    {
        await using var app = await TestApp.StartAsync(
            web =>
            {
                web.UseSmartRateLimit();
                web.MapGet("/", () => "ok").RateLimited("1/s", HttpKey.Ip);
            },
            builder => builder.Services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                if (isFromEverywhere)
                {
                    options.KnownProxies.Clear();
                    options.KnownIPNetworks.Clear();
                }
            }));

        Assert.Equal(isFromEverywhere, app.Logs.Has(LogLevel.Warning, "trusted from everywhere"));
    }

    private static void MapSearch(IEndpointRouteBuilder routes) =>
        routes.MapGet("/search", [RateLimited("1/s", Key = "*")] () => "ok");

    private static IHost Host(Action<IApplicationBuilder> configure) => new HostBuilder()
        .ConfigureWebHost(web => web.UseTestServer()
            .ConfigureServices(services => services.AddRouting().AddSmartRateLimit())
            .Configure(configure))
        .Build();

    private static async Task<string> FailureAsync(IHost host) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message;

    private static async Task<string> FailureAsync(Action<WebApplication> pipeline)
    {
        var error = await Record.ExceptionAsync(() => TestApp.StartAsync(pipeline));
        return Assert.IsAssignableFrom<Exception>(error).Message;
    }
}
