using System.Globalization;
using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Backends;

/// <summary>Keys move to larger tables, are forgotten and come back while callers go on.</summary>
[Trait("Category", "Long")]
public sealed class MemoryGrowthTests
{
    private const int Limit = 3;

    private static readonly RateLimitAlgorithm[] OneWord =
        [RateLimitAlgorithm.TokenBucket, RateLimitAlgorithm.LeakyBucket, RateLimitAlgorithm.FixedWindow, RateLimitAlgorithm.SlidingWindowCounter];

    public static TheoryData<RateLimitAlgorithm> Algorithms => [.. OneWord];

    // Where several rates decide, a key has a bucket, and it is slots that are rebuilt.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public Task While_slots_are_rebuilt_every_key_is_admitted_exactly_up_to_its_limit(RateLimitAlgorithm algorithm) =>
        AdmitsExactlyWhileGrowingAsync(new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1)), new Rate(2 * Limit, TimeSpan.FromDays(2))) with { Algorithm = algorithm });

    [Theory]
    [MemberData(nameof(Algorithms))]
    public Task While_tables_grow_every_key_is_admitted_exactly_up_to_its_limit(RateLimitAlgorithm algorithm) =>
        AdmitsExactlyWhileGrowingAsync(new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1))) with { Algorithm = algorithm });

    private static async Task AdmitsExactlyWhileGrowingAsync(RateLimitPolicy policy)
    {
        const int Keys = 20_000;
        var backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = new FakeTime() });
        var admitted = new int[Keys];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            // Every worker asks each key twice, in an order of its own: six or more callers for three permits.
            foreach (var key in Shuffled(Keys, worker).Concat(Shuffled(Keys, worker + 10)))
            {
                if (backend.Acquire(policy, key.ToString(CultureInfo.InvariantCulture), 1).IsAllowed)
                {
                    Interlocked.Increment(ref admitted[key]);
                }
            }
        })));

        Assert.All(admitted, count => Assert.Equal(Limit, count));
        Assert.Equal(Keys, backend.KeyCount);
    }

    [Fact]
    public async Task A_key_that_all_ask_for_is_counted_exactly_while_others_make_the_table_grow()
    {
        const int Limit = 50_000;
        var backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = new FakeTime() });
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1)));
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var own = 0;
            for (var i = 0; i < 30_000; i++)
            {
                own += backend.Acquire(policy, "hot", 1).IsAllowed ? 1 : 0;
                _ = backend.Acquire(policy, string.Create(CultureInfo.InvariantCulture, $"{worker} {i % 10_000}"), 1);
            }

            return own;
        })));

        Assert.Equal(Limit, counts.Sum());
    }

    // Seen to fail: whatever eviction looked at was taken for idle.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_million_keys_in_and_out_leave_the_exhausted_ones_exhausted(RateLimitAlgorithm algorithm)
    {
        const int Victims = 100;
        const int Waves = 7;
        var time = new FakeTime(new DateTimeOffset(2024, 1, 13, 0, 0, 0, TimeSpan.Zero));
        var backend = new MemoryBackend(new MemoryBackendOptions { MaxKeys = 50_000, TimeProvider = time });

        // Of one policy, so that whoever looks for room looks at the victims too. What a newcomer took is back when the next
        // wave comes; the victims took all.
        var policy = RateLimitPolicy.Parse("policy", "10/d") with { Algorithm = algorithm };
        var back = algorithm is RateLimitAlgorithm.FixedWindow or RateLimitAlgorithm.SlidingWindowCounter ? 0 : 1;
        Assert.All(Enumerable.Range(0, Victims), victim => Assert.True(backend.Acquire(policy, Name(victim), 10).IsAllowed));
        for (var wave = 0; wave < Waves; wave++)
        {
            await Task.WhenAll(Enumerable.Range(0, 2).Select(worker => Task.Run(() =>
            {
                for (var i = 0; i < 75_000; i++)
                {
                    _ = backend.Acquire(policy, string.Create(CultureInfo.InvariantCulture, $"{wave} {worker} {i}"), back);
                }
            })));
            time.Advance(TimeSpan.FromDays(0.1));

            var admitted = Enumerable.Range(0, Victims).Select(victim => Enumerable.Range(0, 3).Count(_ => backend.Acquire(policy, Name(victim), 1).IsAllowed));
            Assert.All(admitted, count => Assert.Equal(back, count));
            Assert.InRange(backend.KeyCount, 40_000, 50_000);
        }

        static string Name(int victim) => string.Create(CultureInfo.InvariantCulture, $"victim {victim}");
    }

    [Fact]
    public async Task Numbers_that_change_while_all_ask_never_admit_more_than_the_larger()
    {
        for (var round = 0; round < 20; round++)
        {
            var backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = new FakeTime() });
            var before = RateLimitPolicy.Parse("policy", "5/d");
            var after = RateLimitPolicy.Parse("policy", "7/d");
            var admitted = new int[500];
            await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
            {
                for (var i = 0; i < 20_000; i++)
                {
                    var key = (i * 7) % admitted.Length;
                    var policy = worker % 2 == 0 && i > 3_000 ? after : before;
                    if (backend.Acquire(policy, key.ToString(CultureInfo.InvariantCulture), 1).IsAllowed)
                    {
                        Interlocked.Increment(ref admitted[key]);
                    }
                }
            })));

            Assert.All(admitted, count => Assert.Equal(7, count));
        }
    }

    [Fact]
    public async Task Decisions_on_several_keys_stay_all_or_nothing_while_single_ones_and_growth_go_on()
    {
        var backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = new FakeTime() });
        var one = RateLimitPolicy.Parse("one", "10000/d");
        var other = RateLimitPolicy.Parse("other", "6000/d");
        var (together, alone) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var decisions = new RateLimitDecision[2];
            for (var i = 0; i < 5_000; i++)
            {
                RateLimitRequest[] requests = worker % 2 == 0 ? [new(one, "a"), new(other, "b")] : [new(other, "b"), new(one, "a")];
                if (backend.AcquireAll(requests, decisions).IsAllowed)
                {
                    Interlocked.Increment(ref together);
                }

                if (backend.Acquire(one, "a", 1).IsAllowed)
                {
                    Interlocked.Increment(ref alone);
                }

                _ = backend.Acquire(one, string.Create(CultureInfo.InvariantCulture, $"{worker} {i}"), 1);
            }
        })));

        Assert.Equal(10_000, together + alone);
        Assert.Equal(10_000 - together - alone, backend.Acquire(one, "a", 0).Remaining);
        Assert.Equal(6_000 - together, backend.Acquire(other, "b", 0).Remaining);
    }

    [Fact]
    public async Task Decisions_on_several_keys_in_full_memory_do_not_block_each_other()
    {
        var backend = new MemoryBackend(new MemoryBackendOptions { MaxKeys = 10, TimeProvider = new FakeTime() });
        var policy = RateLimitPolicy.Parse("policy", "5/d");
        for (var i = 0; i < 100; i++)
        {
            _ = backend.Acquire(policy, string.Create(CultureInfo.InvariantCulture, $"flood {i}"), 1);
        }

        var admitted = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            var decisions = new RateLimitDecision[3];
            for (var i = 0; i < 5_000; i++)
            {
                RateLimitRequest[] requests = [New(random), New(random), New(random)];
                Interlocked.Add(ref admitted, backend.AcquireAll(requests, decisions).IsAllowed ? 3 : 0);
            }

            RateLimitRequest New(Random random) => new(policy, string.Create(CultureInfo.InvariantCulture, $"newcomer {random.Next(1_000)}"));
        })));

        // There are 64 shared buckets of five permits.
        Assert.InRange(admitted, 1, 64 * 5);
    }

    private static int[] Shuffled(int count, int seed)
    {
        var keys = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(keys);
        return keys;
    }
}
