using System.Diagnostics;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>Connections that are reset within a reply.</summary>
internal static class ResetFigures
{
    private const int Limit = 2_000;
    private const int Resets = 20;

    public static async Task RunAsync(FaultTable table)
    {
        var policy = RateLimitPolicy.Parse("policy", "2000/w") with { OnBackendFailure = FailureMode.Closed };
        using var server = await FragileServer.StartAsync();
        await using var node = new Node(server.EndPoint);
        await node.DecidesAsync();
        var load = Sampler.Start(32, () => node.Limiter.AcquireAsync(policy, "limited"));
        var longest = TimeSpan.Zero;
        for (var reset = 0; reset < Resets; reset++)
        {
            server.Proxy.ResetInNextReply(reset % 12);
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(100);
            var recovered = await node.DecidesAsync() + Stopwatch.GetElapsedTime(began);
            longest = recovered > longest ? recovered : longest;
        }

        while (!(await node.Limiter.AcquireAsync(policy, "limited")).Reason.Equals(RateLimitReason.Exceeded))
        {
            await Task.Delay(1);
        }

        var samples = await load.StopAsync();
        var admitted = samples.Count(sample => sample.Decision.IsAllowed);
        table.Add($"{Resets} resets within replies: admitted", $"at most {Limit}", $"{admitted}", admitted <= Limit);
        table.Add($"{Resets} resets within replies: store decides again after at most", "1 s (2 s by reconnect)", longest, TimeSpan.FromSeconds(2));
    }
}
