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
