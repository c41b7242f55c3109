using System.Diagnostics;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>What must not be felt at all: scripts that are flushed, slots that move.</summary>
internal static class LoadFigures
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(FaultTable table)
    {
        await FlushAsync(table);
        await ReshardAsync(table);
    }

    private static async Task FlushAsync(FaultTable table)
    {
        using var server = await RedisServer.StartAsync();
        await using var node = new Node(server.EndPoint);
        await node.DecidesAsync();
        var load = Sampler.Start(8, node.AskAsync);
        using var console = await server.ConnectAsync();
        var flushes = 0;
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Minute; flushes++)
        {
            console.Send("SCRIPT", "FLUSH");
            await Task.Delay(10);
        }

        var samples = await load.StopAsync();
        var failed = samples.Count(sample => sample.Decision.IsDegraded);
        table.Add($"SCRIPT FLUSH {flushes} times in a minute: failed of {samples.Count} checks", "0", $"{failed}", failed == 0);
    }

    private static async Task ReshardAsync(FaultTable table)
    {
        using var cluster = await RedisCluster.StartAsync();
        await using var node = new Node(cluster.ConnectionString);
        await node.DecidesAsync();
        var next = 0;
        var load = Sampler.Start(8, () => node.Limiter.AcquireAsync(Node.Policy, FormattableString.Invariant($"key {Interlocked.Increment(ref next) % 100}")));
        foreach (var slot in (int[])[0, 1])
        {
            await cluster.ReshardAwayFromAsync(FormattableString.Invariant($"any {slot}"), 1_500);
        }

        var samples = await load.StopAsync();
        var failed = samples.Count(sample => sample.Decision.IsDegraded);
        table.Add($"3 000 slots move: failed of {samples.Count} checks", "0", $"{failed}", failed == 0);
    }
}
