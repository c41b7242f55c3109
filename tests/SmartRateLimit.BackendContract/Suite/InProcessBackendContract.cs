namespace SmartRateLimit.Contract;

/// <summary>
/// What a backend in the process must do besides: it has a monotonic clock apart from the wall clock, reads it to the tick
/// and counts up to the largest number.
/// </summary>
public abstract class InProcessBackendContract : BackendContract
{
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    public void The_wall_clock_means_nothing_to_what_is_not_aligned_to_it(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("6/m", algorithm);
        Admit(policy, 6);
        var before = Reject(policy);
        foreach (var hours in (int[])[-1, 2, -9_000, 20_000])
        {
            Time.StepWall(TimeSpan.FromHours(hours));
            Assert.Equal(before, Reject(policy));
        }
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public void The_largest_limit_survives_a_clock_that_steps_back_within_its_window(RateLimitAlgorithm algorithm)
    {
        var policy = new RateLimitPolicy("policy", new Rate(long.MaxValue, TimeSpan.FromHours(1))) with { Algorithm = algorithm };
        Admit(policy, long.MaxValue);
        Time.Advance(TimeSpan.FromMinutes(119));
        var left = Limiter.Acquire(policy, "key", 1).Remaining;
        Admit(policy, left);
        Time.StepWall(-TimeSpan.FromMinutes(58));
        Assert.Equal(0, Reject(policy).Remaining);
        WaitHonestly(policy, 1);
    }
}
