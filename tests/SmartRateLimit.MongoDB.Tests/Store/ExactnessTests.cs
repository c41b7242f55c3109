using SmartRateLimit.Contract;
using SmartRateLimit.MongoDB.Tests.Evaluation;

namespace SmartRateLimit.MongoDB.Tests.Store;

/// <summary>Numbers up to the largest that are accepted lose nothing, and larger ones are refused.</summary>
public sealed class ExactnessTests
{
    /// <summary>In milliseconds, so that a test's clock does not run out.</summary>
    private const long LongestStep = 30L * 86_400_000;

    public static TheoryData<RateLimitAlgorithm, long, long> LargestNumbers => new()
    {
        { RateLimitAlgorithm.TokenBucket, 999_999_937, 86_399_999 },
        { RateLimitAlgorithm.TokenBucket, 288_230_376_151_711_743, 1 },
        { RateLimitAlgorithm.LeakyBucket, 181_000_000_000_003, 3_155 },
        { RateLimitAlgorithm.FixedWindow, 1L << 60, 31_557_600_000_000 },
        { RateLimitAlgorithm.SlidingWindowCounter, 36_532, 31_557_600_000_000 },
        { RateLimitAlgorithm.SlidingWindow, 10_000, 31_557_600_000_000 },
    };

    // Seen to fail: a part too many came back at each decision.
    [Theory]
    [MemberData(nameof(LargestNumbers))]
    public void The_largest_numbers_are_counted_to_the_permit(RateLimitAlgorithm algorithm, long permits, long milliseconds)
    {
        var policy = new RateLimitPolicy("policy", new Rate(permits, TimeSpan.FromMilliseconds(milliseconds))) with { Algorithm = algorithm };
        var time = new FakeTime();
        using var backend = EvaluatedNodes.Clocked(new EvaluatedBuckets(time), time);
        Assert.True(backend.Supports(policy, out var reason), reason);
        var limiter = new NeverDegraded(backend);
        var memory = new MemoryBackend(new MemoryBackendOptions { TimeProvider = time });
        var random = new Random(3);
        for (var i = 0; i < 1_000; i++)
        {
            var cost = random.NextInt64(permits);
            Assert.Equal(Numbers(memory.Acquire(policy, "key", cost)), Numbers(limiter.Acquire(policy, "key", cost)));
            time.Advance(TimeSpan.FromMilliseconds(random.NextInt64(1 + Math.Min(milliseconds / 20, LongestStep))));
        }
    }

    // Seen to fail: nothing was refused.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket, 1_152_921_504_606_846_977, 1, 0)]
    [InlineData(RateLimitAlgorithm.TokenBucket, 999_999_999_989, 86_399_999, 0)]
    [InlineData(RateLimitAlgorithm.LeakyBucket, 999_983, 1_000, 365)]
    [InlineData(RateLimitAlgorithm.FixedWindow, 1_152_921_504_606_846_977, 1_000, 0)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter, 40_000, 31_557_600_000_000, 0)]
    public void Numbers_that_would_not_stay_exact_are_refused_with_what_would_do(RateLimitAlgorithm algorithm, long permits, long milliseconds, int days)
    {
        var policy = new RateLimitPolicy("policy", Rate.Parse("5/s"), new Rate(permits, TimeSpan.FromMilliseconds(milliseconds)))
        {
            Algorithm = algorithm,
            MaxWait = TimeSpan.FromDays(days * 1_000),
        };
        var time = new FakeTime();
        using var backend = EvaluatedNodes.Clocked(new EvaluatedBuckets(time), time);
        var error = Assert.ThrowsAny<Exception>(() => new SmartRateLimiter(backend, time).Acquire(policy, "key"));
        Assert.Contains("\"policy\"", error.Message, StringComparison.Ordinal);
        Assert.Contains(policy.Rates[1].ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("choose", error.Message, StringComparison.Ordinal);
    }

    // Waits are compared in the store's steps.
    private static (bool, long, long, long) Numbers(RateLimitDecision decision) =>
        (decision.IsAllowed, decision.Remaining, Milliseconds(decision.RetryAfter), Milliseconds(decision.ResetAfter));

    private static long Milliseconds(TimeSpan time) => (time.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
}
