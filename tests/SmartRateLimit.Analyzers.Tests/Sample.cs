namespace SmartRateLimit.Analyzers.Tests;

/// <summary>Texts around what a test is about.</summary>
internal static class Sample
{
    /// <summary>A partial class with a limiter in reach.</summary>
    public static string Class(string members) => $$"""
        namespace App;

        public partial class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

        {{members}}
        }
        """;

    /// <summary>A limited method with its body, and the attribute's arguments to test.</summary>
    public static string Limited(string arguments, string more = "") => Class($$"""
            [RateLimited({{arguments}})]
            public partial Task<int> GetAsync(string tenant, int count);

            private Task<int> GetAsyncCore(string tenant, int count) => Task.FromResult(count);
            {{more}}
        """);
}
