using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>A master that another takes over from while callers go on asking.</summary>
public sealed class FailoverTests
{
    private const int Limit = 400;
    private const int Callers = 8;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestElection = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestToFollow = TimeSpan.FromSeconds(10);
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "400/w") with { OnBackendFailure = FailureMode.Closed };
    private static readonly string Bucket = BucketKey.Format("faults", "policy", "key");

    // Seen to fail: each call had a bucket of its own.
    [Fact]
    public async Task A_replica_of_a_cluster_takes_over_and_at_most_one_more_limit_is_admitted()
    {
        using var cluster = await RedisCluster.StartAsync();
        await using var backend = Nodes.To(cluster.ConnectionString, "faults", Budget);
        var load = await HalfSpentAsync(backend);
        var master = await cluster.MasterOfAsync(Bucket);
        master.Kill();
        await Eventually.HoldsAsync(async () => await cluster.MasterOfAsync(Bucket) != master, LongestElection, "a replica was elected");
        var tally = await SpendAsync(load);
        Assert.InRange(tally.Admitted, Limit / 2, 2 * Limit);
        Assert.NotEqual(0, tally.Degraded);
    }

    // Seen to fail: each call had a bucket of its own.
    [Fact]
    public async Task A_master_of_a_cluster_that_hands_over_loses_no_permit()
    {
        using var cluster = await RedisCluster.StartAsync();
        await using var backend = Nodes.To(cluster.ConnectionString, "faults", Budget);
        var load = await HalfSpentAsync(backend);
        await cluster.HandOverAsync(Bucket);
        var tally = await SpendAsync(load);
        Assert.InRange(tally.Admitted, Limit / 2, Limit);
    }

    [Fact]
    public async Task A_multiplexer_that_was_handed_in_follows_a_master_that_hands_over()
    {
        using var cluster = await RedisCluster.StartAsync();
        using var multiplexer = await ClusterConnection.ToAsync(cluster);
        await using var backend = Nodes.On(multiplexer, "faults");
        var load = await HalfSpentAsync(backend);
        await cluster.HandOverAsync(Bucket);
        var tally = await SpendAsync(load);
        Assert.InRange(tally.Admitted, Limit / 2, Limit);
    }

    // Seen to fail: each call had a bucket of its own.
    [Fact]
    public async Task A_master_that_sentinels_replace_is_found_and_at_most_one_more_limit_is_admitted()
    {
        using var sentinel = await RedisSentinel.StartAsync();
        await using var backend = Nodes.To(sentinel.ConnectionString, "faults", Budget);
        var load = await HalfSpentAsync(backend);
        var master = await sentinel.MasterAsync();
        master.Kill();
        await Eventually.HoldsAsync(async () => await sentinel.MasterAsync() != master, LongestElection, "the sentinels agreed on another master");
        var tally = await SpendAsync(load);
        Assert.InRange(tally.Admitted, Limit / 2, 2 * Limit);
        Assert.NotEqual(0, tally.Degraded);
    }

    [Fact]
    public async Task A_master_that_sentinels_demote_is_left_when_it_says_so()
    {
        using var sentinel = await RedisSentinel.StartAsync();
        await using var backend = Nodes.To(sentinel.ConnectionString, "faults", Budget);
        var load = await HalfSpentAsync(backend);
        await sentinel.HandOverAsync();
        var tally = await SpendAsync(load);
        Assert.InRange(tally.Admitted, Limit / 2, 2 * Limit);
    }

    private static async Task<Load> HalfSpentAsync(RedisBackend backend)
    {
        await Recovery.DecidesAsync(backend, Policy);
        var load = Load.Start(Callers, Pause, () => backend.AcquireAsync(Policy, "key", 1, CancellationToken.None));
        await Eventually.HoldsAsync(() => Task.FromResult(load.Tally.Admitted >= Limit / 2), LongestToFollow, "half of the permits are spent");
        return load;
    }

    /// <summary>Goes on until the new master itself rejects.</summary>
    private static async Task<Tally> SpendAsync(Load load)
    {
        var rejected = load.Tally.Rejected;
        await Eventually.HoldsAsync(() => Task.FromResult(load.Tally.Rejected > rejected), LongestToFollow, "the new master decides");
        return await load.StopAsync();
    }
}
