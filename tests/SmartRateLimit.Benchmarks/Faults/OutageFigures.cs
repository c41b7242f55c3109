using System.Diagnostics;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>A store that is killed, stopped, paused, slow or unreachable: when calls end, the circuit opens, and all is as before.</summary>
internal static class OutageFigures
{
    private static readonly TimeSpan Outlasting = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(FaultTable table)
    {
        foreach (var outage in Enum.GetValues<Outage>())
        {
            await RunAsync(table, outage);
        }
    }

    private static async Task RunAsync(FaultTable table, Outage outage)
    {
        using var watch = new CircuitWatch();
        using var server = await FragileServer.StartAsync();
        await using var node = new Node(server.EndPoint);
        await node.DecidesAsync();
        var load = Sampler.Start(16, node.AskAsync);
        await Task.Delay(500);

        var began = Stopwatch.GetTimestamp();
        await server.BreakAsync(outage);
        var begun = Stopwatch.GetTimestamp();
        await Task.Delay(Outlasting);
        await server.MendAsync();
        var back = Stopwatch.GetTimestamp();
        var recovered = await load.DecidedAfterAsync(back);
        var samples = await load.StopAsync();

        var opened = watch.After(began, "open") ?? TimeSpan.MaxValue;
        var during = samples.Where(sample => sample.Began >= begun && sample.Ended < back).ToList();
        var open = during.Where(sample => Stopwatch.GetElapsedTime(began, sample.Began) > opened).Select(Took).Order().ToList();
        table.Add($"store {outage}: a call ends after at most", "60 ms", during.Max(Took), TimeSpan.FromMilliseconds(60));
        table.Add($"store {outage}: circuit open after", "1 s", opened, TimeSpan.FromSeconds(1));
        table.Add($"store {outage}: p99 of a call once open", "1 ms", open[(int)(open.Count * 0.99)], TimeSpan.FromMilliseconds(1));
        table.Add($"store {outage}: store decides again after", "1 s (2 s by reconnect)", recovered, TimeSpan.FromSeconds(outage == Outage.Killed ? 2 : 1));
    }

    private static TimeSpan Took(Sample sample) => Stopwatch.GetElapsedTime(sample.Began, sample.Ended);
}
