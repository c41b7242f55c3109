namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    // Seen to fail: a rejected request was charged as an admitted one.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_rejected_request_is_never_charged(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("10/m", algorithm);
        Admit(policy, 4);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(6, Reject(policy, 7).Remaining);
        }

        Assert.Equal(6, await RemainingAsync(policy));
        Admit(policy, 6);
    }

    // Seen to fail: each algorithm found room for one more permit than there is.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_limit_is_admitted_and_not_one_more(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("5/m", algorithm);
        for (var left = 4; left >= 0; left--)
        {
            var decision = Limiter.Acquire(policy, "key");
            Assert.Equal((true, RateLimitReason.Allowed, 5L, left), (decision.IsAllowed, decision.Reason, decision.Limit, (int)decision.Remaining));
            Assert.Equal(TimeSpan.Zero, decision.RetryAfter);
            Assert.Null(decision.ViolatedRate);
        }

        var rejection = Reject(policy);
        Assert.Equal((RateLimitReason.Exceeded, 0L), (rejection.Reason, rejection.Remaining));
        Assert.Equal(Rate.Parse("5/m"), rejection.ViolatedRate);
        Assert.Same(policy, rejection.Policy);
    }

    // Seen to fail: a cost of zero was decided as a cost of one.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_cost_of_zero_charges_nothing_and_is_admitted_when_nothing_is_left(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("3/m", algorithm);
        Admit(policy, 0);
        Admit(policy, 3);
        var free = Limiter.Acquire(policy, "key", 0);
        Assert.Equal((true, 0L, TimeSpan.Zero), (free.IsAllowed, free.Remaining, free.Delay));
        Reject(policy);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_capacity_of_zero_rejects_even_a_cost_of_zero_for_ever(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("0/m", algorithm);
        var free = Reject(policy, 0);
        Assert.Equal((RateLimitReason.Exceeded, Timeout.InfiniteTimeSpan), (free.Reason, free.RetryAfter));
        var paid = Reject(policy);
        Assert.Equal((RateLimitReason.CostExceedsLimit, Timeout.InfiniteTimeSpan), (paid.Reason, paid.RetryAfter));
    }

    // Seen to fail: a wait of a thousand ticks was announced.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_cost_that_can_never_fit_waits_for_ever_and_charges_nothing(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("10/s", algorithm);
        foreach (var cost in (long[])[11, 1_000, long.MaxValue])
        {
            var rejection = Reject(policy, cost);
            Assert.Equal((RateLimitReason.CostExceedsLimit, Timeout.InfiniteTimeSpan), (rejection.Reason, rejection.RetryAfter));
        }

        Assert.Equal(10, await RemainingAsync(policy));
        Admit(policy, 10);
    }

    // Seen to fail: the limiter did not look at the cost.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_negative_cost_is_refused_before_it_reaches_a_bucket(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("10/s", algorithm);
        foreach (var cost in (long[])[-1, long.MinValue])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Limiter.Acquire(policy, "key", cost));
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Limiter.AcquireAsync(policy, "key", cost));
        }

        Assert.Equal(10, await RemainingAsync(policy));
    }

    [Fact]
    public async Task A_rate_of_zero_with_a_burst_never_refills()
    {
        var policy = RateLimitPolicy.Parse("policy", "0/s") with { Burst = 3 };
        Admit(policy, 3);
        Time.Advance(TimeSpan.FromDays(3_650));
        Assert.Equal(Timeout.InfiniteTimeSpan, Reject(policy).RetryAfter);
        Assert.Equal(Timeout.InfiniteTimeSpan, (await Limiter.PeekAsync(policy, "key")).ResetAfter);
    }
}
