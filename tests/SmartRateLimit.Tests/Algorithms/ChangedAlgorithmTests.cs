using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Algorithms;

public sealed class ChangedAlgorithmTests
{
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public void What_a_window_had_spent_stays_spent_under_a_smaller_limit_of_another_algorithm(RateLimitAlgorithm algorithm)
    {
        var limiter = new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { TimeProvider = new FakeTime() }));
        var before = RateLimitPolicy.Parse("jobs", "9000000000000000000/d") with { Algorithm = RateLimitAlgorithm.FixedWindow };
        var after = RateLimitPolicy.Parse("jobs", "7/3s") with { Algorithm = algorithm };
        Assert.True(limiter.Acquire(before, "a", 8_999_999_999_999_999_999).IsAllowed);

        var decision = limiter.Acquire(after, "a");

        Assert.False(decision.IsAllowed);
        Assert.Equal(0, decision.Remaining);
    }
}
