using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Backends;

/// <summary>A clock that stands still for ten milliseconds at a time may make a limiter late, and give back what one of them is worth too soon, never more, and never be dishonest.</summary>
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

    // Seen to fail: several sliding windows read the coarse clock.
    [Theory]
    [InlineData(RateLimitAlgorithm.SlidingWindow, "50/s", 1)]
    [InlineData(RateLimitAlgorithm.SlidingWindow, "50/s; 2000/m", 1)]
    [InlineData(RateLimitAlgorithm.FixedWindow, "50/s", 2)]
    [InlineData(RateLimitAlgorithm.FixedWindow, "50/s; 2000/m", 2)]
    public void A_window_holds_no_more_on_the_precise_clock(RateLimitAlgorithm algorithm, string rates, int limits)
    {
        var policy = RateLimitPolicy.Parse("policy", rates) with { Algorithm = algorithm };
        var admitted = Admitted(policy, seed: 3);
        for (var (first, last) = (0, 0); last < admitted.Count; last++)
        {
            while (admitted[last] - admitted[first] >= TimeSpan.TicksPerSecond)
            {
                first++;
            }

            Assert.InRange(last - first + 1, 1, limits * 50);
        }
    }

    // Seen to fail: without the step, of which 93 were admitted where 92 would have been the most.
    [Fact]
    public void Over_any_time_a_bucket_admits_at_most_what_comes_back_in_one_step_more()
    {
        var admitted = Admitted(RateLimitPolicy.Parse("policy", "50/s"), seed: 4);
        for (var first = 0; first < admitted.Count; first++)
        {
            for (var last = first; last < Math.Min(admitted.Count, first + 300); last++)
            {
                var time = admitted[last] - admitted[first] + Granule;
                Assert.InRange(last - first + 1, 1, 50 + (50 * time / TimeSpan.TicksPerSecond));
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

    /// <summary>When each of many calls was admitted, which come in bursts around the ends of periods.</summary>
    private static List<long> Admitted(RateLimitPolicy policy, int seed)
    {
        var (random, time, admitted) = (new Random(seed), new FakeTime(), new List<long>());
        var backend = Backend(time);
        var began = time.GetTimestamp();
        time.Advance(TimeSpan.FromTicks(random.NextInt64(Granule)));
        for (var i = 0; i < 20_000; i++)
        {
            if (backend.Acquire(policy, "key", 1).IsAllowed)
            {
                admitted.Add(time.GetElapsedTime(began).Ticks);
            }
            else
            {
                time.Advance(TimeSpan.FromTicks(random.NextInt64(random.Next(4) == 0 ? TimeSpan.TicksPerSecond : Granule / 4)));
            }
        }

        return admitted;
    }

    private static MemoryBackend Backend(FakeTime time) => new(new MemoryBackendOptions { TimeProvider = time, CoarseGranule = Granule });
}
