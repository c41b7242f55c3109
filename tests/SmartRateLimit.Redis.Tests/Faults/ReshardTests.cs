using System.Collections.Concurrent;
using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>Slots that move to another master, key by key, while callers go on asking.</summary>
public sealed class ReshardTests
{
    private const int Limit = 1_000;
    private const int Callers = 8;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "1000/w") with { OnBackendFailure = FailureMode.Closed };

    // Seen to fail: each call had a bucket of its own.
    [Fact]
    public async Task Slots_that_move_under_load_cause_no_error_and_the_count_stays_exact()
    {
        using var cluster = await RedisCluster.StartAsync();
        await using var backend = Nodes.To(cluster.ConnectionString, "faults");
        var keys = Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"key {i}")).ToArray();
        await Recovery.DecidesAsync(backend, Policy, keys);
        var admitted = new ConcurrentDictionary<string, int>();
        var (next, pause) = (0, true);
        var load = Load.Start(Callers, TimeSpan.Zero, async () =>
        {
            var key = keys[(uint)Interlocked.Increment(ref next) % keys.Length];
            var decision = await backend.AcquireAsync(Policy, key, 1, CancellationToken.None);
            admitted.AddOrUpdate(key, decision.IsAllowed ? 1 : 0, (_, count) => count + (decision.IsAllowed ? 1 : 0));
            await Task.Delay(Volatile.Read(ref pause) ? 3 : 0);
            return decision;
        });
        var before = await MastersAsync(cluster, keys);
        foreach (var bucket in keys[..2].Select(Bucket))
        {
            await cluster.ReshardAwayFromAsync(bucket, 1_500);
        }

        Assert.NotEqual(before, await MastersAsync(cluster, keys));
        Assert.InRange(load.Tally.Admitted, 0, (keys.Length * Limit) - 1);
        Volatile.Write(ref pause, false);
        await Eventually.HoldsAsync(() => Task.FromResult(load.Tally.Rejected > keys.Length), Longest, "the keys are spent");
        await Eventually.HoldsAsync(() => Task.FromResult(load.Tally.Admitted >= keys.Length * Limit), Longest, "every key is spent");
        var tally = await load.StopAsync();
        Assert.Equal(0, tally.Degraded);
        Assert.All(keys, key => Assert.Equal(Limit, admitted[key]));
    }

    private static string Bucket(string key) => BucketKey.Format("faults", "policy", key);

    private static async Task<List<int>> MastersAsync(RedisCluster cluster, string[] keys)
    {
        var ports = new List<int>();
        foreach (var bucket in keys.Select(Bucket))
        {
            ports.Add((await cluster.MasterOfAsync(bucket)).Port);
        }

        return ports;
    }
}
