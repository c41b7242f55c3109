namespace SmartRateLimit.Tests.Limiting;

public sealed class SmartRateLimiterTests
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "2/d");

    [Fact]
    public void A_limiter_without_a_backend_or_a_policy_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new SmartRateLimiter(null!));
        var limiter = new SmartRateLimiter(new MemoryBackend());
        Assert.Throws<ArgumentNullException>(() => limiter.Acquire(null!, "key"));
    }

    [Fact]
    public void An_unknown_backend_is_named_together_with_those_that_exist()
    {
        var limiter = new SmartRateLimiter(new RecordingBackend("fast"));
        var error = Assert.Throws<ArgumentException>(() => limiter.Acquire(Policy with { Backend = "slow" }, "key"));
        Assert.Contains("\"slow\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"fast\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"policy\"", error.Message, StringComparison.Ordinal);
        Assert.True(limiter.Acquire(Policy with { Backend = "fast" }, "key").IsAllowed);
    }

    [Fact]
    public void A_policy_that_the_backend_cannot_do_is_an_error_and_never_unlimited()
    {
        var limiter = new SmartRateLimiter(new RecordingBackend { Refusal = "it is too precise" });
        var error = Assert.Throws<ArgumentException>(() => limiter.Acquire(Policy, "key"));
        Assert.Contains("it is too precise", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_policy_object_is_decided_apart_by_two_limiters()
    {
        var (one, other) = (new SmartRateLimiter(new MemoryBackend()), new SmartRateLimiter(new MemoryBackend()));
        for (var i = 0; i < 2; i++)
        {
            Assert.True(one.Acquire(Policy, "key").IsAllowed);
            Assert.True(other.Acquire(Policy, "key").IsAllowed);
        }

        Assert.False(one.Acquire(Policy, "key").IsAllowed);
        Assert.False(other.Acquire(Policy, "key").IsAllowed);
    }

    [Fact]
    public async Task A_shadow_policy_counts_and_never_blocks()
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        var shadow = Policy with { Name = "shadow", Shadow = true };
        Assert.Equal(RateLimitReason.Allowed, limiter.Acquire(shadow, "key", 2).Reason);
        var observed = limiter.Acquire(shadow, "key");
        Assert.Equal((true, RateLimitReason.Shadowed, Rate.Parse("2/d")), (observed.IsAllowed, observed.Reason, observed.ViolatedRate));
        Assert.NotEqual(TimeSpan.Zero, observed.RetryAfter);
        Assert.True((await limiter.AcquireAllAsync([new(shadow, "key"), new(Policy, "key")])).IsAllowed);
    }

    [Fact]
    public async Task A_shadow_policy_has_no_say_in_what_a_group_is_told()
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        var shadow = Policy with { Name = "shadow", Shadow = true };
        limiter.Acquire(shadow, "key", 2);

        var together = await limiter.AcquireAllAsync([new(Policy, "key"), new(shadow, "key")]);

        Assert.Equal((RateLimitReason.Allowed, Policy, 1), (together.Reason, together.Policy, together.Remaining));
    }

    [Fact]
    public async Task Requests_of_backends_that_decide_alone_are_handed_back_when_a_later_one_rejects()
    {
        var limiter = new SmartRateLimiter(new SingleBackend(new MemoryBackend()));
        var narrow = RateLimitPolicy.Parse("narrow", "1/d");
        var decisions = new RateLimitDecision[2];
        Assert.True(limiter.Acquire(narrow, "key").IsAllowed);
        Assert.False((await limiter.AcquireAllAsync([new(Policy, "key", 2), new(narrow, "key")], decisions)).IsAllowed);
        Assert.False(decisions[1].IsAllowed);
        Assert.Equal(2, (await limiter.PeekAsync(Policy, "key")).Remaining);
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public void Acquiring_allocates_nothing_whether_admitted_or_rejected(RateLimitAlgorithm algorithm)
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        var admitting = RateLimitPolicy.Parse("admitting", "1000000000/m") with { Algorithm = algorithm };
        var rejecting = RateLimitPolicy.Parse("rejecting", "1/w") with { Algorithm = algorithm };
        _ = limiter.Acquire(rejecting, "key");

        var unexpected = 0;
        void Round(RateLimitPolicy policy, bool expected)
        {
            for (var i = 0; i < 1_000; i++)
            {
                unexpected += limiter.Acquire(policy, "key").IsAllowed == expected ? 0 : 1;
            }
        }

        Assert.Equal(0, Allocations.Of(() => Round(admitting, true)));
        Assert.Equal(0, Allocations.Of(() => Round(rejecting, false)));
        Assert.Equal(0, unexpected);
    }

    [Fact]
    public void Acquiring_asynchronously_allocates_nothing_when_nobody_has_to_wait()
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        var policy = RateLimitPolicy.Parse("admitting", "1000000000/m");

        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                var pending = limiter.AcquireAsync(policy, "key");
                _ = pending.IsCompletedSuccessfully && pending.Result.IsAllowed;
            }
        }));
    }

    /// <summary>A backend that decides one request at a time, as many stores must.</summary>
    private sealed class SingleBackend(MemoryBackend inner) : IRateLimitBackend
    {
        public string Name => "single";

        public bool Supports(RateLimitPolicy policy, out string? reason) => inner.Supports(policy, out reason);

        public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => inner.Acquire(policy, key, cost);

        public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
            inner.AcquireAsync(policy, key, cost, cancellationToken);

        public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
            inner.RefundAsync(policy, key, cost, cancellationToken);

        public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
            inner.PeekAsync(policy, key, cancellationToken);

        public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
            inner.ResetAsync(policy, key, cancellationToken);

        public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => inner.CheckHealthAsync(cancellationToken);
    }
}
