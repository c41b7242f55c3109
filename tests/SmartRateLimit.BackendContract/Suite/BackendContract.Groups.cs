namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    // Seen to fail: what was charged before the rejection stayed charged.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Requests_decided_together_are_all_charged_or_none(RateLimitAlgorithm algorithm)
    {
        var wide = Policy("10/m", algorithm, "wide");
        var narrow = Policy("2/m", algorithm, "narrow");
        RateLimitRequest[] requests = [new(wide, "a", 3), new(narrow, "b", 2)];
        var decisions = new RateLimitDecision[2];

        var admitted = Limiter.AcquireAll(requests, decisions);
        Assert.Equal((true, 0L), (admitted.IsAllowed, admitted.Remaining));
        Assert.Equal([7L, 0L], decisions.Select(decision => decision.Remaining));

        var rejected = Limiter.AcquireAll(requests, decisions);
        Assert.False(rejected.IsAllowed);
        Assert.Same(narrow, rejected.Policy);
        Assert.False(decisions[1].IsAllowed);
        Assert.Equal(7, await RemainingAsync(wide, "a"));
        Assert.Equal(0, await RemainingAsync(narrow, "b"));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task The_order_of_requests_decided_together_does_not_matter(RateLimitAlgorithm algorithm)
    {
        var wide = Policy("10/m", algorithm, "wide");
        var narrow = Policy("2/m", algorithm, "narrow");
        Assert.False((Limiter.AcquireAll([new(narrow, "b", 2), new(wide, "a", 11)])).IsAllowed);
        Assert.False((Limiter.AcquireAll([new(wide, "a", 11), new(narrow, "b", 2)])).IsAllowed);
        Assert.Equal(10, await RemainingAsync(wide, "a"));
        Assert.Equal(2, await RemainingAsync(narrow, "b"));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task One_bucket_asked_twice_together_is_charged_twice_or_not_at_all(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("5/m", algorithm);
        Assert.False((Limiter.AcquireAll([new(policy, "key", 3), new(policy, "key", 3)])).IsAllowed);
        Assert.Equal(5, await RemainingAsync(policy));
        Assert.True((Limiter.AcquireAll([new(policy, "key", 3), new(policy, "key", 2)])).IsAllowed);
        Assert.Equal(0, await RemainingAsync(policy));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void One_bucket_asked_for_more_than_it_holds_can_never_admit(RateLimitAlgorithm algorithm)
    {
        Assert.SkipUnless(Backend is IAtomicRateLimitBackend, "The backend decides one request at a time.");
        var policy = Policy("5/m", algorithm);

        var together = Limiter.AcquireAll([new(policy, "key", 3), new(policy, "key", 3)]);

        Assert.Equal((RateLimitReason.CostExceedsLimit, Timeout.InfiniteTimeSpan), (together.Reason, together.RetryAfter));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void One_bucket_asked_twice_together_says_exactly_when_both_fit(RateLimitAlgorithm algorithm)
    {
        Assert.SkipUnless(Backend is IAtomicRateLimitBackend, "The backend decides one request at a time.");
        var policy = Policy("5/m", algorithm);
        Admit(policy, 4);
        var retryAfter = Limiter.AcquireAll([new(policy, "key", 1), new(policy, "key", 2)]).RetryAfter;

        Time.Advance(retryAfter.Ticks - Granule);
        Assert.False(Limiter.AcquireAll([new(policy, "key", 1), new(policy, "key", 2)]).IsAllowed);
        Time.Advance(Granule);
        Assert.True(Limiter.AcquireAll([new(policy, "key", 1), new(policy, "key", 2)]).IsAllowed);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Together_the_longest_retry_after_is_told(RateLimitAlgorithm algorithm)
    {
        var soon = Policy("1/s", algorithm, "soon");
        var late = Policy("1/h", algorithm, "late");
        Admit(soon);
        Admit(late);
        var expected = Reject(late).RetryAfter;
        var together = Limiter.AcquireAll([new(soon, "key"), new(late, "key")]);
        Assert.Same(late, together.Policy);
        Assert.Equal(expected, together.RetryAfter);
        Time.Advance(expected);
        Assert.True((Limiter.AcquireAll([new(soon, "key"), new(late, "key")])).IsAllowed);
    }

    [Fact]
    public async Task A_group_without_requests_or_with_too_little_room_for_decisions_is_refused()
    {
        var policy = RateLimitPolicy.Parse("policy", "5/m");
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Limiter.AcquireAllAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await Limiter.AcquireAllAsync([new(policy, "a"), new(policy, "b")], new RateLimitDecision[1]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Limiter.AcquireAllAsync([new(policy, "a"), new(policy, "b", -1)]));
        Assert.Equal(5, await RemainingAsync(policy, "a"));
    }

    [Fact]
    public async Task Groups_that_overlap_in_any_order_never_lose_or_invent_a_permit()
    {
        var left = RateLimitPolicy.Parse("left", "300/d");
        var right = RateLimitPolicy.Parse("right", "200/d");
        var admitted = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                RateLimitRequest[] requests = (worker + i) % 2 == 0 ? [new(left, "key"), new(right, "key")] : [new(right, "key"), new(left, "key")];
                if ((await Limiter.AcquireAllAsync(requests)).IsAllowed)
                {
                    Interlocked.Increment(ref admitted);
                }
            }
        })));

        Assert.Equal(200, admitted);
        Assert.Equal(100, await RemainingAsync(left));
    }
}
