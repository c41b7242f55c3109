using System.Diagnostics;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>Ten thousand callers at the end of a break.</summary>
internal static class EdgeFigures
{
    private const int Callers = 10_000;

    private static readonly TimeSpan Break = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(FaultTable table)
    {
        using var watch = new CircuitWatch();
        using var server = await FragileServer.StartAsync();
        await using var node = new Node(server.EndPoint, redis =>
            (redis.CircuitBreaker.BreakDuration, redis.CircuitBreaker.MaxBreakDuration, redis.CircuitBreaker.Jitter) = (Break, Break, 0));
        await node.DecidesAsync();
        await server.BreakAsync(Outage.RepliesCut);
        while (watch.After(0, "open") is null)
        {
            _ = await node.AskAsync();
        }

        var before = await server.ScriptCallsAsync();
        await Task.Delay(Break);
        var calls = new Task<TimeSpan>[Callers];
        for (var i = 0; i < Callers; i++)
        {
            calls[i] = TimeAsync(node);
        }

        var times = (await Task.WhenAll(calls)).Order().ToList();
        var probes = await server.ScriptCallsAsync() - before;
        table.Add($"{Callers} callers at the half-open edge: probes that reached the server", "1", $"{probes}", probes == 1);
        table.Add($"{Callers} callers at the half-open edge: p99 of a call", "1 ms", times[(int)(times.Count * 0.99)], TimeSpan.FromMilliseconds(1));
    }

    private static async Task<TimeSpan> TimeAsync(Node node)
    {
        var began = Stopwatch.GetTimestamp();
        await node.AskAsync();
        return Stopwatch.GetElapsedTime(began);
    }
}
