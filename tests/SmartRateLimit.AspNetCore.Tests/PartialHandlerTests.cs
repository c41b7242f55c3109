using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

public sealed class PartialHandlerTests
{
    [Fact]
    public async Task The_middleware_does_not_charge_what_generated_code_charges()
    {
        await using var app = await StartAsync();

        Assert.Equal(3, await app.AdmittedAsync("/generated/a", 10));
        Assert.Equal(3, await app.AdmittedAsync("/generated/b", 10, "192.0.2.2"));
        Assert.Equal(3, await app.AdmittedAsync("/marked/c", 10, "192.0.2.3"));
    }

    [Fact]
    public async Task The_limits_around_a_partial_handler_stay_with_the_middleware_and_what_they_took_stays_spent()
    {
        await using var app = await StartAsync();

        Assert.Equal(3, await app.AdmittedAsync("/in/group/a", 4));
        Assert.Equal(1, await app.AdmittedAsync("/in/group/b", 4));
    }

    [Fact]
    public async Task What_a_partial_handler_decided_is_told_in_the_headers()
    {
        await using var app = await StartAsync();
        using var admitted = await app.SendAsync("/marked/a");
        Assert.Equal("\"own\";r=2;t=1200", admitted.Headers.GetValues("RateLimit").Single());

        await app.AdmittedAsync("/marked/a", 2);
        using var rejected = await app.SendAsync("/marked/a");
        Assert.Equal(429, (int)rejected.StatusCode);
        Assert.Equal("\"own\";r=0;t=1200", rejected.Headers.GetValues("RateLimit").Single());
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(web =>
    {
        web.UseSmartRateLimit();
        web.MapGet("/generated/{tenant}", Handlers.Generated);
        web.MapGet("/marked/{tenant}", Handlers.Marked);
        web.MapGroup("/in/group").RateLimited("5/h", HttpKey.Ip).MapGet("/{tenant}", Handlers.Marked);
    });

    /// <summary>Handlers as the generator completes them: the key is an argument, which the middleware could not read.</summary>
    private static class Handlers
    {
        private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("own", "3/h");

        [RateLimited("3/h", Key = nameof(tenant), Name = "own")]
        [EnforcedByGeneratedCode]
        public static IResult Generated(string tenant, HttpContext http, IRateLimiter limiter)
        {
            var decision = limiter.Acquire(Policy, tenant);
            return decision.IsAllowed ? Results.Ok() : throw new RateLimitExceededException(decision);
        }

        [RateLimited("3/h", Key = nameof(tenant), Name = "own")]
        [EnforcedByGeneratedCode]
        public static IResult Marked(string tenant, HttpContext http, IRateLimiter limiter)
        {
            var decision = limiter.Acquire(Policy, tenant);
            http.AddRateLimitDecision(decision);
            return decision.IsAllowed ? Results.Ok() : RateLimitResults.Rejected(decision);
        }
    }
}
