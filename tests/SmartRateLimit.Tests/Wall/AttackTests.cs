using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using SmartRateLimit.Contract;
using SmartRateLimit.Tests.Remote;

namespace SmartRateLimit.Tests.Wall;

/// <summary>Ways around a limit that others left open and that are not tried elsewhere; SECURITY.md lists them all.</summary>
public sealed class AttackTests
{
    private readonly FakeTime _time = new();

    /// <summary>Whoever knows the hash of a table can choose keys that all fall into one place.</summary>
    // Seen to fail: the secret was left at zero.
    [Fact]
    public void Another_process_hashes_the_same_key_otherwise()
    {
        var here = HashIn(typeof(MemoryBackend).Assembly);
        var elsewhere = new AssemblyLoadContext("another process", isCollectible: true);
        try
        {
            Assert.NotEqual(here, HashIn(elsewhere.LoadFromAssemblyPath(typeof(MemoryBackend).Assembly.Location)));
            Assert.Equal(here, HashIn(typeof(MemoryBackend).Assembly));
        }
        finally
        {
            elsewhere.Unload();
        }
    }

    /// <summary>Keys that differ only where a weak hash does not look, at its ends or in its middle, cost no more than others.</summary>
    // Seen to fail: only the first and last 16 bytes of a key were hashed.
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(99)]
    public void Keys_that_differ_in_one_place_only_do_not_share_a_bucket(int place)
    {
        var backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = _time });
        var policy = RateLimitPolicy.Parse("flooded", "1/d");
        var key = new string('x', 100).ToCharArray();
        for (var i = 0; i < 20_000; i++)
        {
            key[place] = (char)i;
            Assert.True(backend.Acquire(policy, key, 1).IsAllowed);
        }

        Assert.Equal(20_000, backend.KeyCount);
    }

    /// <summary>A store that is made slow on purpose opened limiters that let everybody pass when it does not answer.</summary>
    // Seen to fail: the default failure mode admitted; and the budget of a call was not kept.
    [Fact]
    public async Task A_store_that_is_slow_on_purpose_opens_nothing()
    {
        using var bed = new RemoteBed();
        var policy = RateLimitPolicy.Parse("attacked", "5/h");
        bed.Store.Hold();
        var admitted = 0;
        for (var i = 0; i < 100; i++)
        {
            var asked = bed.Acquire(policy);
            bed.Time.Advance(RemoteBed.Timeout);
            var decision = await asked.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            Assert.True(decision.IsDegraded);
            admitted += decision.IsAllowed ? 1 : 0;
        }

        Assert.Equal(5, admitted);
    }

    /// <summary>Costs that overflow a counter make it negative, and what is negative is below every limit.</summary>
    // Seen to fail: the count of a fixed window and the cost were added before they were compared with the limit.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public void Costs_that_add_up_beyond_every_number_are_refused(RateLimitAlgorithm algorithm)
    {
        var backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = _time });
        foreach (var limit in (long[])[long.MaxValue, long.MaxValue - 1, (1L << 62) + 1, int.MaxValue])
        {
            var policy = new RateLimitPolicy($"huge {limit}", new Rate(limit, TimeSpan.FromDays(1))) with { Algorithm = algorithm };
            var admitted = (Int128)0;
            foreach (var cost in (long[])[limit - 1, long.MaxValue, limit, long.MaxValue - 1, 2, limit / 2, 1, 1, limit])
            {
                admitted += backend.Acquire(policy, "key", cost).IsAllowed ? cost : 0;
            }

            Assert.Equal(limit, admitted);
        }
    }

    /// <summary>A flood of one-shot keys must not make each call look through all of them.</summary>
    // Seen to fail: eviction looked at every state.
    [Fact]
    public void A_flood_of_live_keys_does_not_make_calls_slower_than_a_bound()
    {
        var backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = _time, MaxKeys = 200_000 });
        var policy = RateLimitPolicy.Parse("flooded", "10/d");
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 400_000; i++)
        {
            _ = backend.Acquire(policy, FormattableString.Invariant($"one shot {i}"), 1);
        }

        // A look at every state would be 4 × 10¹⁰ of them.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.InRange(backend.KeyCount, 1, 200_000);
    }

    private static object HashIn(Assembly assembly)
    {
        // A span cannot be passed by reflection, so the hash is reached through a delegate.
        var method = assembly.GetType("SmartRateLimit.Backends.Memory.Cells.KeyHash", throwOnError: true)!.GetMethod("Of", BindingFlags.Static | BindingFlags.Public)!;
        var identity = method.ReturnType;
        var call = typeof(AttackTests).GetMethod(nameof(Call), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(identity);
        return call.Invoke(null, [method])!;
    }

    private static string Call<T>(MethodInfo method) => method.CreateDelegate<Hash<T>>()("key")!.ToString()!;

    private delegate T Hash<T>(ReadOnlySpan<char> key);
}
