namespace SmartRateLimit.AspNetCore.Tests.Fixture;

/// <summary>An application whose answers are looked at.</summary>
internal static class Answered
{
    public static Task<TestApp> StartAsync(Action<WebApplication> map, Action<HttpRateLimitOptions>? configure = null) => TestApp.StartAsync(web =>
    {
        web.UseSmartRateLimit(configure);
        map(web);
    });

    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
