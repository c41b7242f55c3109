using System.Collections.Concurrent;
using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>A master that another takes over from, and slots that move.</summary>
public sealed class FailoverTests
{
    private const int Limit = 200;

    private static readonly TimeSpan LongestFailover = TimeSpan.FromSeconds(40);
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "200/w") with { OnBackendFailure = FailureMode.Closed };

    [Fact]
    public async Task A_replica_of_a_cluster_takes_over_and_at_most_one_more_limit_is_admitted()
    {
        using var cluster = await RedisCluster.StartAsync();
        using var backend = Nodes.To(cluster.ConnectionString, "faults", TimeSpan.FromMilliseconds(500));
        var admitted = await SpendAsync(backend, Limit / 2);
        (await cluster.MasterOfAsync(BucketKey.Format("faults", "policy", "key"))).Kill();
        admitted += await SpendThroughAsync(backend);
        Assert.InRange(admitted, Limit, 2 * Limit);
    }

    [Fact]
    public async Task A_master_that_sentinels_replace_is_found_and_at_most_one_more_limit_is_admitted()
    {
        using var sentinel = await RedisSentinel.StartAsync();
        using var backend = Nodes.To(sentinel.ConnectionString, "faults", TimeSpan.FromMilliseconds(500));
        var admitted = await SpendAsync(backend, Limit / 2);
        (await sentinel.MasterAsync()).Kill();
        admitted += await SpendThroughAsync(backend);
        Assert.InRange(admitted, Limit, 2 * Limit);
    }

    [Fact]
    public async Task Slots_that_move_under_load_cause_no_error_and_the_count_stays_exact()
    {
        using var cluster = await RedisCluster.StartAsync();
        using var backend = Nodes.To(cluster.ConnectionString, "faults");
        await SpendAsync(backend, 0);
        var keys = Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"key {i}")).ToArray();
        var admitted = new ConcurrentDictionary<string, int>();
        using var stop = new CancellationTokenSource();
        var degraded = 0;
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; !stop.IsCancellationRequested; i++)
            {
                var key = keys[i % keys.Length];
                var decision = await backend.AcquireAsync(Policy, key, 1, CancellationToken.None);
                Interlocked.Add(ref degraded, decision.IsDegraded ? 1 : 0);
                admitted.AddOrUpdate(key, decision.IsAllowed ? 1 : 0, (_, count) => count + (decision.IsAllowed ? 1 : 0));
                await Task.Delay(1);
            }
        })).ToArray();
        foreach (var key in keys[..2])
        {
            await cluster.ReshardAwayFromAsync(BucketKey.Format("faults", "policy", key), 1_500);
        }

        await Eventually.HoldsAsync(() => Task.FromResult(admitted.Values.Sum() == keys.Length * Limit), LongestFailover, "every key is spent");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        Assert.Equal(0, degraded);
        Assert.All(keys, key => Assert.Equal(Limit, admitted[key]));
    }

    private static async Task<int> SpendAsync(RedisBackend backend, int permits)
    {
        await Eventually.HoldsAsync(
            async () => !(await backend.AcquireAsync(Policy, "key", 0, CancellationToken.None)).IsDegraded,
            LongestFailover,
            "the store decides");
        for (var i = 0; i < permits; i++)
        {
            Assert.True((await backend.AcquireAsync(Policy, "key", 1, CancellationToken.None)).IsAllowed);
        }

        return permits;
    }

    /// <summary>Asks until the store itself rejects.</summary>
    private static async Task<int> SpendThroughAsync(RedisBackend backend)
    {
        var (admitted, degraded) = (0, 0);
        await Eventually.HoldsAsync(
            async () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    var decision = await backend.AcquireAsync(Policy, "key", 1, CancellationToken.None);
                    admitted += decision.IsAllowed ? 1 : 0;
                    degraded += decision.IsDegraded ? 1 : 0;
                    if (decision.Reason == RateLimitReason.Exceeded)
                    {
                        return true;
                    }
                }

                return false;
            },
            LongestFailover,
            "the new master decides");
        Assert.NotEqual(0, degraded);
        return admitted;
    }
}
