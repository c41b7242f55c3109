namespace SmartRateLimit.Generators.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task A_limited_method_admits_its_limit_and_rejects_the_next_call()
    {
        var said = await Generated.RunAsync("""
            public sealed partial class Quotes(IRateLimiter limiter)
            {
                [RateLimited("2/d", Key = nameof(tenant))]
                public partial Task<int> GetAsync(string tenant, CancellationToken ct = default);

                private Task<int> GetAsyncCore(string tenant, CancellationToken ct) => Task.FromResult(42);
            }

            public static class Scenario
            {
                public static async Task<string> Run()
                {
                    var limiter = new SmartRateLimiter(new MemoryBackend());
                    var quotes = new Quotes(limiter);
                    var first = await quotes.GetAsync("a");
                    var second = await quotes.GetAsync("a");
                    var third = quotes.GetAsync("a");
                    var other = await quotes.GetAsync("b");
                    return $"{first} {second} {third.Status} {third.Exception?.InnerException?.GetType().Name} {other}";
                }
            }
            """);

        Assert.Equal("42 42 Faulted RateLimitExceededException 42", said);
    }
}
