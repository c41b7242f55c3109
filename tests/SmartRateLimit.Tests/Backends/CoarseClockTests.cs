using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Backends;

/// <summary>A clock that stands still for ten milliseconds at a time may make a limiter late, never generous or dishonest.</summary>
[Trait("Category", "Long")]
public sealed class CoarseClockTests
{
    private const long Granule = 10 * TimeSpan.TicksPerMillisecond;

    private static readonly string[] Rates = ["100/s", "1000/s", "50/2s", "7/s", "600/m", "100000/s", "3/h"];

    [Fact]
    public void The_announced_wait_is_always_enough()
    {
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++)
        {
            var time = new FakeTime();
            var backend = Backend(time);
            var policy = RateLimitPolicy.Parse("policy", Rates[random.Next(Rates.Length)]);
            time.Advance(TimeSpan.FromTicks(random.NextInt64(Granule * 50)));
            while (backend.Acquire(policy, "key", 1).IsAllowed)
            {
                time.Advance(TimeSpan.FromTicks(random.NextInt64(50)));
            }

            time.Advance(TimeSpan.FromTicks(random.NextInt64(Granule * 2)));
            var cost = random.Next(1, 4);
            var decision = backend.Acquire(policy, "key", cost);
            if (!decision.IsAllowed)
            {
                time.Advance(decision.RetryAfter);
                Assert.True(backend.Acquire(policy, "key", cost).IsAllowed, $"{policy.Rates[0]}, {decision.RetryAfter}");
            }
        }
    }

    [Fact]
    public void No_more_is_admitted_than_by_the_precise_clock()
    {
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            var time = new FakeTime();
            var (coarse, precise) = (Backend(time), new MemoryBackend(new MemoryBackendOptions { TimeProvider = time }));
            var policy = RateLimitPolicy.Parse("policy", Rates[random.Next(Rates.Length)]);
            var (byCoarse, byPrecise) = (0, 0);
            for (var i = 0; i < 1_000; i++)
            {
                byCoarse += coarse.Acquire(policy, "key", 1).IsAllowed ? 1 : 0;
                byPrecise += precise.Acquire(policy, "key", 1).IsAllowed ? 1 : 0;
                Assert.InRange(byCoarse, 0, byPrecise);
                time.Advance(TimeSpan.FromTicks(random.NextInt64(Granule / 4)));
            }
        }
    }

    [Theory]
    [InlineData("1000/s", 1L)]
    [InlineData("100/s", 40L)]
    [InlineData("1/ms", null)]
    public void Where_a_step_of_it_could_be_felt_the_precise_clock_decides(string rate, long? burst)
    {
        var time = new FakeTime();
        var policy = RateLimitPolicy.Parse("policy", rate) with { Burst = burst };
        var backend = Backend(time);
        Assert.True(backend.Acquire(policy, "key", policy.Burst ?? 1).IsAllowed);
        var rejected = backend.Acquire(policy, "key", 1);

        // Exact to the tick, with nothing added.
        time.Advance(rejected.RetryAfter - TimeSpan.FromTicks(1));
        Assert.False(backend.Acquire(policy, "key", 1).IsAllowed);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.True(backend.Acquire(policy, "key", 1).IsAllowed);
    }

    [Fact]
    public async Task A_reserved_permit_is_never_early()
    {
        var time = new FakeTime();
        var backend = Backend(time);
        var policy = RateLimitPolicy.Parse("policy", "100/s") with { MaxWait = TimeSpan.FromSeconds(5) };
        time.Advance(TimeSpan.FromTicks(Granule / 2));
        Assert.True(backend.Acquire(policy, "key", 100).IsAllowed);
        time.Advance(TimeSpan.FromTicks(Granule / 3));
        var delayed = await backend.AcquireAsync(policy, "key", 1, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromTicks(Granule - (Granule / 3)), delayed.Delay);
    }

    [Fact]
    public void A_rejected_group_says_when_it_can_pass_too()
    {
        var time = new FakeTime();
        var backend = Backend(time);
        var policy = RateLimitPolicy.Parse("policy", "100/s");
        time.Advance(TimeSpan.FromTicks(Granule - 1));
        var decisions = new RateLimitDecision[2];
        RateLimitRequest[] requests = [new(policy, "a", 60), new(policy, "b", 60)];
        Assert.True(backend.AcquireAll(requests, decisions).IsAllowed);
        var rejected = backend.AcquireAll(requests, decisions);
        Assert.False(rejected.IsAllowed);
        time.Advance(rejected.RetryAfter);
        Assert.True(backend.AcquireAll(requests, decisions).IsAllowed);
    }

    private static MemoryBackend Backend(FakeTime time) => new(new MemoryBackendOptions { TimeProvider = time, CoarseGranule = Granule });
}
