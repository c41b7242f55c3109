using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Wall;

/// <summary>Bugs that other limiters are known for, each with what it did there.</summary>
public sealed class KnownBugsTests
{
    private readonly FakeTime _time = new();
    private readonly MemoryBackend _backend;
    private readonly SmartRateLimiter _limiter;

    public KnownBugsTests()
    {
        _backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = _time });
        _limiter = new SmartRateLimiter(_backend);
    }

    /// <summary>A limiter that drops what is left of a token at each refill gave 20 in place of 200.</summary>
    // Seen to fail: what had come back of a permit was dropped whenever somebody asked.
    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(23)]
    public void A_bucket_that_is_asked_often_refills_as_fast_as_one_that_is_asked_seldom(int pollMilliseconds)
    {
        var policy = RateLimitPolicy.Parse("refill", "1/10ms") with { Burst = 5 };

        var admitted = Poll(policy, pollMilliseconds, until: 2_000);

        Assert.InRange(admitted, Math.Min(200, 2_000 / pollMilliseconds), 205);
    }

    /// <summary>A tick count of 32 bits is negative after 25 days; a limiter admitted nobody from then on.</summary>
    // Seen to fail: milliseconds were counted in 32 bits.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public async Task After_110_idle_days_a_key_is_admitted(RateLimitAlgorithm algorithm)
    {
        var policy = RateLimitPolicy.Parse("idle", "2/s") with { Algorithm = algorithm };
        foreach (var days in (int[])[24, 1, 1, 24, 60])
        {
            while ((await _limiter.PeekAsync(policy, "key", TestContext.Current.CancellationToken)).IsAllowed)
            {
                Assert.True((await _backend.AcquireAsync(policy, "key", 1, TestContext.Current.CancellationToken)).IsAllowed);
            }

            _time.Advance(TimeSpan.FromDays(days));

            Assert.True((await _backend.AcquireAsync(policy, "key", 2, TestContext.Current.CancellationToken)).IsAllowed);
        }
    }

    /// <summary>A cost that can never fit was told to come back in a while, for ever.</summary>
    // Seen to fail: it was told to come back in 100 microseconds.
    [Fact]
    public void A_cost_above_the_limit_never_gets_a_finite_wait()
    {
        var decision = _limiter.Acquire(RateLimitPolicy.Parse("cost", "5/s"), "key", 6);

        Assert.Equal((RateLimitReason.CostExceedsLimit, Timeout.InfiniteTimeSpan), (decision.Reason, decision.RetryAfter));
        Assert.Equal(5, decision.Remaining);
    }

    /// <summary>A fixed window announced its whole length in place of what was left of it.</summary>
    // Seen to fail: its whole length was announced.
    [Fact]
    public void A_fixed_window_announces_exactly_its_end()
    {
        var policy = RateLimitPolicy.Parse("window", "1/m") with { Algorithm = RateLimitAlgorithm.FixedWindow };
        _time.Advance(TimeSpan.FromTicks(123_456_789));
        _limiter.Acquire(policy, "key");

        var wait = _limiter.Acquire(policy, "key").RetryAfter;

        Assert.Equal(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(123_456_789), wait);
        _time.Advance(wait - TimeSpan.FromTicks(1));
        Assert.False(_limiter.Acquire(policy, "key").IsAllowed);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_limiter.Acquire(policy, "key").IsAllowed);
    }

    /// <summary>A limiter that threw idle limiters away while they were asked admitted more than the limit.</summary>
    // Seen to fail: whatever eviction looked at was taken for idle.
    [Fact]
    public async Task Eviction_beside_acquires_never_admits_one_too_many()
    {
        var small = new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { TimeProvider = _time, MaxKeys = 64 }));
        var watched = RateLimitPolicy.Parse("watched", "100/h");
        var flooding = Task.Run(
            () =>
            {
                for (var i = 0; i < 50_000; i++)
                {
                    // It charges nothing, so its place can be taken at once: each next one looks around for such places.
                    small.Acquire(watched, $"one shot {i}", 0);
                    if (i % 16 == 0)
                    {
                        _time.Advance(TimeSpan.FromTicks(1));
                    }
                }
            },
            TestContext.Current.CancellationToken);

        var admitted = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            // On a busy machine the flood may be over before anybody has begun.
            for (var asked = 0; asked < 100 || !flooding.IsCompleted; asked++)
            {
                if (small.Acquire(watched, "key").IsAllowed)
                {
                    Interlocked.Increment(ref admitted);
                }
            }
        })));
        await flooding;

        Assert.Equal(100, admitted);
    }

    private int Poll(RateLimitPolicy policy, int everyMilliseconds, int until)
    {
        var admitted = 0;
        for (var at = 0; at < until; at += everyMilliseconds)
        {
            admitted += _limiter.Acquire(policy, "key").IsAllowed ? 1 : 0;
            _time.Advance(TimeSpan.FromMilliseconds(everyMilliseconds));
        }

        return admitted;
    }
}
