using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Backends;

[Trait("Category", "Long")]
public sealed class MemoryConcurrencyTests
{
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket, 123_456)]
    [InlineData(RateLimitAlgorithm.FixedWindow, 123_456)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter, 123_456)]
    [InlineData(RateLimitAlgorithm.SlidingWindow, 9_876)]
    [InlineData(RateLimitAlgorithm.LeakyBucket, 123_456)]
    public async Task Of_a_million_calls_from_many_tasks_exactly_the_limit_is_admitted(RateLimitAlgorithm algorithm, int limit)
    {
        const int Callers = 40;
        const int Calls = 1_000_000 / Callers;
        var limiter = new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { TimeProvider = new FakeTime() }));
        var policy = new RateLimitPolicy("policy", new Rate(limit, TimeSpan.FromDays(1))) with { Algorithm = algorithm };
        var admitted = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() =>
        {
            var own = 0;
            for (var i = 0; i < Calls; i++)
            {
                own += limiter.Acquire(policy, "key").IsAllowed ? 1 : 0;
            }

            return own;
        })));

        Assert.Equal(limit, admitted.Sum());
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public async Task Under_several_rates_exactly_the_lowest_limit_is_admitted(RateLimitAlgorithm algorithm)
    {
        const int Limit = 9_000;
        var limiter = new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { TimeProvider = new FakeTime() }));
        var policy = RateLimitPolicy.Parse("policy", $"10000/h; {Limit}/d; 10000/2d") with { Algorithm = algorithm };
        var admitted = await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var own = 0;
            for (var i = 0; i < 30_000; i++)
            {
                own += limiter.Acquire(policy, "key").IsAllowed ? 1 : 0;
                if (i % 16 == 0)
                {
                    // Slots are rebuilt meanwhile.
                    _ = limiter.Acquire(policy, $"other {worker} {i}");
                }
            }

            return own;
        })));

        Assert.Equal(Limit, admitted.Sum());
    }

    // Seen to fail: whatever eviction looked at was taken for idle.
    [Theory]
    [InlineData("10/d")]
    [InlineData("10/d; 20/365d")]
    public async Task Eviction_at_full_speed_never_gives_a_key_its_limit_twice(string rates)
    {
        var backend = new MemoryBackend(new MemoryBackendOptions { MaxKeys = 100, TimeProvider = new FakeTime() });
        var limiter = new SmartRateLimiter(backend);
        var policy = RateLimitPolicy.Parse("policy", rates);
        var admitted = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var own = 0;
            for (var i = 0; i < 20_000; i++)
            {
                own += limiter.Acquire(policy, "guarded").IsAllowed ? 1 : 0;
                _ = limiter.Acquire(policy, $"flood {worker} {i}", i % 3);
            }

            return own;
        })));

        Assert.Equal(10, admitted.Sum());
        Assert.InRange(backend.KeyCount, 1, 100);
    }
}
