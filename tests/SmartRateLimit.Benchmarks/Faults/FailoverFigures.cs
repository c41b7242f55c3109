using System.Diagnostics;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>What the client adds to the time in which the servers agree on another master.</summary>
internal static class FailoverFigures
{
    private const string Prefix = "srl:bench";

    public static async Task RunAsync(FaultTable table)
    {
        using (var cluster = await RedisCluster.StartAsync())
        {
            await using var node = new Node(cluster.ConnectionString, redis => redis.KeyPrefix = Prefix);
            var bucket = await BucketAsync(node, cluster);
            await RunAsync(table, "cluster, master hands over", node, () => cluster.MasterOfAsync(bucket), _ => cluster.HandOverAsync(bucket));
            await RunAsync(table, "cluster, master killed", node, () => cluster.MasterOfAsync(bucket), master => { master.Kill(); return Task.CompletedTask; });
        }

        using var sentinel = await RedisSentinel.StartAsync();
        await using var other = new Node(sentinel.ConnectionString);
        await RunAsync(table, "sentinel, master killed", other, sentinel.MasterAsync, master => { master.Kill(); return Task.CompletedTask; });
    }

    private static async Task RunAsync(FaultTable table, string what, Node node, Func<Task<RedisServer>> masterAsync, Func<RedisServer, Task> replaceAsync)
    {
        await node.DecidesAsync();
        var load = Sampler.Start(4, node.AskAsync);
        await Task.Delay(500);
        var master = await masterAsync();
        var began = Stopwatch.GetTimestamp();
        await replaceAsync(master);
        while (await masterAsync() == master)
        {
            await Task.Delay(1);
        }

        var replaced = Stopwatch.GetTimestamp();
        var recovered = await load.DecidedAfterAsync(replaced);
        var samples = await load.StopAsync();
        table.Add($"{what}: servers' own time", "-", Stopwatch.GetElapsedTime(began, replaced), TimeSpan.MaxValue);
        table.Add($"{what}: the client adds", "1 s", recovered, TimeSpan.FromSeconds(1));
        table.Add($"{what}: longest call", "60 ms", samples.Max(sample => Stopwatch.GetElapsedTime(sample.Began, sample.Ended)), TimeSpan.FromMilliseconds(60));
    }

    /// <summary>The name of the bucket that is asked for, whose slot the failing master serves.</summary>
    private static async Task<string> BucketAsync(Node node, RedisCluster cluster)
    {
        await node.DecidesAsync();
        foreach (var server in cluster.Nodes)
        {
            var names = (await server.SendAsync("KEYS", Prefix + ":*"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (names.FirstOrDefault(name => name.EndsWith(":policy:key", StringComparison.Ordinal)) is { } bucket)
            {
                return bucket;
            }
        }

        throw new InvalidOperationException("No server holds the bucket.");
    }
}
