using SmartRateLimit;

namespace WebApi;

/// <summary>A report is expensive, so everybody together gets three a minute; administrators are not counted.</summary>
public static partial class Reports
{
    [RateLimited("3/m", Key = RateLimitKey.Global, SkipIf = nameof(IsAdministrator), Name = "reports")]
    public static partial Task<IResult> SalesAsync(HttpContext http, IRateLimiter limiter);

    private static Task<IResult> SalesAsyncCore(HttpContext http, IRateLimiter limiter) =>
        Task.FromResult(Results.Ok(new { year = 2026, units = 1234, revenue = 45_678.90m }));

    private static bool IsAdministrator(HttpContext http) => Staff.IsAdministrator(http.Request.Headers["X-Api-Key"]);
}
