namespace SmartRateLimit.Tests.Telemetry;

public sealed class AllocationTests
{
    private const int Calls = 10_000;

    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("allocation", "1000000000/s");

    private readonly SmartRateLimiter _limiter = new(new MemoryBackend());

    [Fact]
    public void An_allowed_call_allocates_nothing_while_nobody_listens() =>
        Assert.Equal(0, Allocated(static limiter => Assert.True(limiter.Acquire(Policy, "k").IsAllowed)));

    [Fact]
    public void An_allowed_asynchronous_call_allocates_nothing_while_nobody_listens() =>
        Assert.Equal(0, Allocated(static limiter => AssertAllowed(limiter.AcquireAsync(Policy, "k"))));

    [Fact]
    public void A_key_that_is_folded_allocates_nothing_either()
    {
        var key = new string('x', 1000);

        Assert.Equal(0, Allocated(limiter => Assert.True(limiter.Acquire(Policy, key).IsAllowed)));
        Assert.Equal(0, Allocated(limiter => AssertAllowed(limiter.AcquireAsync(Policy, key))));
    }

    [Theory]
    [InlineData("1000000000/s", "2000000000/s", true)]
    [InlineData("1000000000/s", "1000000000/s; 60000000000/m; 3600000000000/h", true)]
    [InlineData("1000000000/s", "0/d", false)]
    [InlineData("1000000000/s", "0/d; 0/h", false)]
    public void Several_requests_at_once_allocate_nothing(string one, string other, bool isAllowed)
    {
        RateLimitRequest[] requests = [new(RateLimitPolicy.Parse("one", one), "a"), new(RateLimitPolicy.Parse("other", other), "b")];

        Assert.Equal(0, Allocated(limiter => Assert.True(limiter.AcquireAll(requests).IsAllowed == isAllowed)));
        Assert.Equal(0, Allocated(limiter => Assert.True(Completed(limiter.AcquireAllAsync(requests)).IsAllowed == isAllowed)));
    }

    [Fact]
    public void Two_requests_for_one_state_allocate_nothing()
    {
        RateLimitRequest[] requests = [new(Policy, "a"), new(Policy, "a", 2)];

        Assert.Equal(0, Allocated(limiter => Assert.True(limiter.AcquireAll(requests).IsAllowed)));
    }

    // Seen to fail: a thread kept the policies of its last group.
    [Fact]
    public void What_threads_keep_of_a_group_keeps_no_backend_alive()
    {
        var gone = Use();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(gone.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Use()
        {
            var backend = new MemoryBackend();
            var limiter = new SmartRateLimiter(backend);
            var policy = RateLimitPolicy.Parse("kept", "10/s");
            _ = limiter.AcquireAll([new RateLimitRequest(policy, "a"), new RateLimitRequest(policy, "b")]);
            return new WeakReference(backend);
        }
    }

    // Behind a gate or in a lane, in the way that generated code takes or in the one that a caller does.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public void No_algorithm_allocates_for_a_key_that_it_knows(RateLimitAlgorithm algorithm)
    {
        var several = new RateLimitPolicy("several", new Rate(10, TimeSpan.FromHours(1)), new Rate(20, TimeSpan.FromHours(2))) with { Algorithm = algorithm };
        var one = new RateLimitPolicy("one", new Rate(10, TimeSpan.FromHours(1))) with { Algorithm = algorithm };

        // Most of these are rejected.
        Assert.Equal(0, Allocated(limiter => _ = limiter.Acquire(one, "k")));
        Assert.Equal(0, Allocated(limiter => _ = limiter.Acquire(several, "k")));
        Assert.Equal(0, Allocated(limiter => _ = RateLimitedCall.TryAcquirePart(limiter, one, "k", 1, out _)));
        Assert.Equal(0, Allocated(limiter => _ = RateLimitedCall.TryAcquirePair(limiter, several, "a longer key", 42, 1, out _)));
    }

    private static RateLimitDecision Completed(ValueTask<RateLimitDecision> decision)
    {
        Assert.True(decision.IsCompletedSuccessfully);
        return decision.Result;
    }

    private static void AssertAllowed(ValueTask<RateLimitDecision> decision)
    {
        Assert.True(decision.IsCompletedSuccessfully);
        Assert.True(decision.Result.IsAllowed);
    }

    // Other tests listen to the meter of the process for a while, so the least of several rounds counts.
    private long Allocated(Action<SmartRateLimiter> call)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 20 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
            {
                call(_limiter);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Thread.Sleep(least > 0 ? 100 : 0);
        }

        return least;
    }
}
