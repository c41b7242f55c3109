using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>What the generator writes for endpoints and partial handlers, in a running application.</summary>
public sealed partial class GeneratedHandlerTests
{
    [Theory]
    [InlineData("/generated/action")]
    [InlineData("/generated/of-class")]
    [InlineData("/generated/lambda")]
    [InlineData("/generated/local")]
    [InlineData("/generated/method")]
    public async Task The_key_function_of_an_endpoint_is_found(string path)
    {
        await using var app = await StartAsync();

        Assert.Equal(2, await app.AdmittedAsync(path + "?tenant=a", 4));
        Assert.Equal(2, await app.AdmittedAsync(path + "?tenant=b", 4));
        Assert.Equal(0, await app.AdmittedAsync(path + "?tenant=a", 1, "192.0.2.9"));
    }

    [Fact]
    public async Task Cost_skip_and_fallback_functions_of_an_endpoint_are_found()
    {
        await using var app = await StartAsync();

        Assert.Equal(200, (int)await app.StatusAsync("/generated/costly?size=3"));
        Assert.Equal(418, (int)await app.StatusAsync("/generated/costly?size=3"));
        Assert.Equal(200, (int)await app.StatusAsync("/generated/costly?size=1"));
        Assert.Equal(418, (int)await app.StatusAsync("/generated/costly?size=1"));
        Assert.Equal(200, (int)await app.StatusAsync("/generated/costly?size=9", user: "admin"));
    }

    [Theory]
    [InlineData("/generated/partial/a", "/generated/partial/b")]
    [InlineData("/generated/partial-action/7", "/generated/partial-action/8")]
    public async Task A_partial_handler_counts_its_address_and_argument_once_and_answers_itself(string path, string other)
    {
        await using var app = await StartAsync();

        Assert.Equal(2, await app.AdmittedAsync(path, 4));
        Assert.Equal(2, await app.AdmittedAsync(path, 4, "192.0.2.2"));
        Assert.Equal(2, await app.AdmittedAsync(other, 4));

        using var rejected = await app.SendAsync(path);
        Assert.Equal(429, (int)rejected.StatusCode);
        Assert.Equal("1800", rejected.Headers.GetValues("Retry-After").Single());
        Assert.Equal("\"partial\";r=0;t=1800", rejected.Headers.GetValues("RateLimit").Single());
    }

    [Theory]
    [InlineData("/generated/union/a")]
    [InlineData("/generated/narrow-union/a")]
    public async Task A_handler_whose_union_can_hold_a_rejection_returns_it_and_any_other_throws_what_becomes_the_same_429(string path)
    {
        await using var app = await StartAsync();

        Assert.Equal(2, await app.AdmittedAsync(path, 4));
        using var rejected = await app.SendAsync(path);
        Assert.Equal(429, (int)rejected.StatusCode);
        Assert.Equal("application/problem+json", rejected.Content.Headers.ContentType?.MediaType);
        Assert.Equal("1800", rejected.Headers.GetValues("Retry-After").Single());
        Assert.Equal("\"union\";r=0;t=1800", rejected.Headers.GetValues("RateLimit").Single());
        Assert.Equal("0", rejected.Headers.GetValues("X-RateLimit-Remaining").Single());
    }

    [Fact]
    public async Task A_union_that_can_hold_a_rejection_describes_it()
    {
        await using var app = await StartAsync();
        var endpoint = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(candidate => candidate.RoutePattern.RawText == "/generated/union/{tenant}");

        Assert.Contains(endpoint.Metadata.OfType<IProducesResponseTypeMetadata>(), produced => produced.StatusCode == 429);
    }

    [Fact]
    public async Task Two_spellings_of_one_argument_are_one_key_of_a_partial_handler()
    {
        await using var app = await StartAsync();

        Assert.Equal(2, await app.AdmittedAsync("/generated/partial-action/7", 4));
        Assert.Equal(0, await app.AdmittedAsync("/generated/partial-action/007", 1));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(web =>
    {
        // The controllers of other tests are mapped as well, and need these.
        web.UseSession();
        web.UseSmartRateLimit(options =>
        {
            options.TenantSource = "header:X-Tenant";
            options.ApiKeySource = "header:X-Api-Key";
        });
        web.MapControllers();
        web.MapGet("/generated/lambda", [RateLimited("2/h", Key = nameof(Tenant))] () => "ok");
        web.MapGet("/generated/local", Local);
        web.MapGet("/generated/method", GeneratedHandlers.Get);
        web.MapGet("/generated/costly", GeneratedHandlers.Costly);
        web.MapGet("/generated/partial/{tenant}", GeneratedHandlers.Place);
        web.MapGet("/generated/union/{tenant}", GeneratedHandlers.Union);
        web.MapGet("/generated/narrow-union/{tenant}", GeneratedHandlers.NarrowUnion);

        [RateLimited("2/h", Key = nameof(Tenant))]
        static string Local() => "ok";
    }, builder => builder.Services.AddDistributedMemoryCache().AddSession());

    /// <summary>Private: its registration stands in a part of this class.</summary>
    private static string? Tenant(HttpContext http) => http.Request.Query["tenant"];
}

internal static partial class GeneratedHandlers
{
    [RateLimited("2/h", Key = nameof(Tenant))]
    public static string Get() => "ok";

    [RateLimited("4/h", Key = HttpKey.Ip, Cost = nameof(Size), SkipIf = nameof(IsAdmin), OnRejected = nameof(Sorry))]
    public static string Costly() => "ok";

    [RateLimited("2/h", Key = "{http:ip}:{tenant}", Name = "partial")]
    public static partial Task<IResult> Place(string tenant, HttpContext http, IRateLimiter limiter);

    [RateLimited("2/h", Key = nameof(tenant), Name = "union")]
    public static partial Results<Ok<string>, NotFound, RateLimitRejectedResult> Union(string tenant, IRateLimiter limiter);

    [RateLimited("2/h", Key = nameof(tenant), Name = "union")]
    public static partial Task<Results<Ok<string>, NotFound>> NarrowUnion(string tenant, IRateLimiter limiter);

    internal static string? Tenant(HttpContext http) => http.Request.Query["tenant"];

    internal static int Size(HttpContext http) => int.Parse(http.Request.Query["size"]!, System.Globalization.CultureInfo.InvariantCulture);

    internal static bool IsAdmin(HttpContext http) => http.User.Identity?.IsAuthenticated == true;

    internal static Task<IResult> Sorry(RateLimitDecision decision) => Task.FromResult(Results.StatusCode(418));

    private static Results<Ok<string>, NotFound, RateLimitRejectedResult> UnionCore(string tenant, IRateLimiter limiter) => TypedResults.Ok(tenant);

    private static Task<Results<Ok<string>, NotFound>> NarrowUnionCore(string tenant, IRateLimiter limiter) =>
        Task.FromResult<Results<Ok<string>, NotFound>>(TypedResults.Ok(tenant));

    private static Task<IResult> PlaceCore(string tenant, HttpContext http, IRateLimiter limiter) => Task.FromResult(Results.Ok(tenant));
}

public sealed partial class GeneratedController(IRateLimiter limiter) : ControllerBase
{
    private readonly IRateLimiter _limiter = limiter;

    [HttpGet("/generated/action")]
    [RateLimited("2/h", Key = nameof(Tenant))]
    public string Get() => "ok";

    [HttpGet("/generated/partial-action/{id}")]
    [RateLimited("2/h", Key = "{http:ip}:{id}", Name = "partial")]
    public partial ActionResult<string> Find(int id);

    internal static string? Tenant(HttpContext http) => http.Request.Query["tenant"];

    private ActionResult<string> FindCore(int id) => Ok("found " + id);
}

[RateLimited("2/h", Key = nameof(Tenant))]
public sealed class GeneratedClassController : ControllerBase
{
    [HttpGet("/generated/of-class")]
    public string Get() => "ok";

    internal static string? Tenant(HttpContext http) => http.Request.Query["tenant"];
}
