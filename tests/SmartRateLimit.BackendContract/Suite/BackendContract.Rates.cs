namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    // Seen to fail: each of the rates charged what it would have admitted by itself.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Several_rates_all_admit_or_none_is_charged(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("2/s; 100/h", algorithm);
        Admit(policy, 2);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(Rate.Parse("2/s"), Reject(policy).ViolatedRate);
        }

        // Both are new again after two hours but for what was charged: had the hour been charged 50 times, this would show.
        var hourly = Policy("100/h", algorithm);
        Assert.Equal(98, await RemainingAsync(hourly));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_rate_that_refuses_longest_is_named(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("3/s; 3/h; 3/m", algorithm);
        Admit(policy, 3);
        var rejection = Reject(policy);
        Assert.Equal(Rate.Parse("3/h"), rejection.ViolatedRate);
        Assert.Equal(Limiter.Acquire(policy, "key").RetryAfter, rejection.RetryAfter);
        Time.Advance(rejection.RetryAfter);
        Admit(policy);
    }

    /// <summary>Where a store counts milliseconds, a rate that refuses for a part of one longer refuses no longer.</summary>
    // Seen to fail: waits were compared in parts of a step of MongoDB's clock.
    [Fact]
    public void Of_rates_that_refuse_for_as_many_steps_of_the_clock_the_first_is_named()
    {
        Admit(Policy("200000/m", RateLimitAlgorithm.SlidingWindowCounter), 200_000);
        var rejection = Reject(Policy("2/7ms; 1/ms", RateLimitAlgorithm.SlidingWindowCounter));

        // What was spent weighs less than two permits from 600 microseconds before the next window ends, and less than one from 300.
        var end = TimeSpan.FromMinutes(2).Ticks;
        var (first, second) = (WholeUp(end - 5_999), WholeUp(end - 2_999));
        Assert.Equal(Rate.Parse(first == second ? "2/7ms" : "1/ms"), rejection.ViolatedRate);
        Assert.Equal(second, rejection.RetryAfter.Ticks);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_numbers_are_those_of_the_rate_with_least_remaining(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("10/s; 8/m; 8/h", algorithm);
        var first = Limiter.Acquire(policy, "key", 7);
        Assert.Equal((8L, 1L), (first.Limit, first.Remaining));
        Assert.InRange(first.ResetAfter, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_cost_above_any_rate_names_the_first_such_rate(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("10/s; 8/m; 5/h", algorithm);
        var rejection = Reject(policy, 9);
        Assert.Equal((RateLimitReason.CostExceedsLimit, Timeout.InfiniteTimeSpan), (rejection.Reason, rejection.RetryAfter));
        Assert.Equal(Rate.Parse("8/m"), rejection.ViolatedRate);
        Assert.Equal((5L, 5L), (rejection.Limit, rejection.Remaining));
    }

    [Fact]
    public void A_cost_above_a_rate_is_named_before_a_rate_that_never_refills()
    {
        var policy = RateLimitPolicy.Parse("policy", "0/30s; 2/m") with { Burst = 5 };
        Admit(policy);
        var rejection = Reject(policy, 5);
        Assert.Equal((RateLimitReason.CostExceedsLimit, Rate.Parse("2/m")), (rejection.Reason, rejection.ViolatedRate));
    }

    [Fact]
    public void Burst_and_initial_permits_belong_to_the_shortest_period()
    {
        var policy = RateLimitPolicy.Parse("policy", "100/h; 10/s") with { Burst = 20, InitialPermits = 4 };
        var first = Limiter.Acquire(policy, "key");
        Assert.Equal((20L, 3L), (first.Limit, first.Remaining));
        Assert.Equal(Rate.Parse("10/s"), Reject(policy, 21).ViolatedRate);
        Assert.Equal(RateLimitReason.CostExceedsLimit, Reject(policy, 101).Reason);
    }
}
