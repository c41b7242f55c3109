using SmartRateLimit.Contract;

namespace SmartRateLimit.Redis.Tests.Store;

/// <summary>Limits whose products are far beyond 2^53 lose nothing.</summary>
public sealed class ExactnessTests(RedisServerFixture fixture)
{
    [Fact]
    public void Large_numbers_without_a_common_factor_are_counted_to_the_permit()
    {
        var time = new FakeTime();
        using var backend = Nodes.Clocked(fixture.Multiplexer, time);
        var memory = new MemoryBackend(new MemoryBackendOptions { TimeProvider = time });
        var policy = new RateLimitPolicy("policy", new Rate(999_999_999_989, TimeSpan.FromMilliseconds(86_399_999)));
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var cost = random.NextInt64(999_999_999_989);
            Assert.Equal(Numbers(memory.Acquire(policy, "key", cost)), Numbers(backend.Acquire(policy, "key", cost)));
            time.Advance(random.NextInt64(TimeSpan.TicksPerHour) / 10 * 10);
        }
    }

    // Waits are compared in the store's steps.
    private static (bool, long, long, long) Numbers(RateLimitDecision decision) =>
        (decision.IsAllowed, decision.Remaining, Microseconds(decision.RetryAfter), Microseconds(decision.ResetAfter));

    private static long Microseconds(TimeSpan time) => (time.Ticks + 9) / 10;
}
