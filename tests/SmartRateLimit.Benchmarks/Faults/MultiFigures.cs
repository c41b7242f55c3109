using System.Collections.Concurrent;
using System.Diagnostics;
using SmartRateLimit.Servers.Redis;
using SmartRateLimit.Redis;
using StackExchange.Redis;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>Two backends of which the first dies under load.</summary>
internal static class MultiFigures
{
    private const int Limit = 1_000;

    public static async Task RunAsync(FaultTable table)
    {
        var policy = RateLimitPolicy.Parse("policy", "1000/w") with { OnBackendFailure = FailureMode.Closed };
        using var first = await FragileServer.StartAsync();
        using var second = await RedisServer.StartAsync();
        using var toFirst = await ConnectionMultiplexer.ConnectAsync(first.EndPoint);
        using var toSecond = await ConnectionMultiplexer.ConnectAsync(second.EndPoint);
        await using var one = new RedisBackend(toFirst, new RedisBackendOptions { Name = "first" });
        await using var other = new RedisBackend(toSecond, new RedisBackendOptions { Name = "second" });
        await using var multi = new MultiBackend([one, other]);
        var changes = new ConcurrentQueue<long>();
        multi.ActiveBackendChanged += (_, _) => changes.Enqueue(Stopwatch.GetTimestamp());
        var limiter = new SmartRateLimiter(multi);

        var load = Sampler.Start(16, () => limiter.AcquireAsync(policy, "key"));
        await Task.Delay(200);
        var began = Stopwatch.GetTimestamp();
        await first.BreakAsync(Outage.Suspended);
        await Task.Delay(TimeSpan.FromSeconds(8));
        await first.MendAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        var samples = await load.StopAsync();

        table.Add("primary dies under load: the next one is active after", "1 s", changes.TryDequeue(out var change) ? Stopwatch.GetElapsedTime(began, change) : TimeSpan.MaxValue, TimeSpan.FromSeconds(1));
        table.Add("primary dies and comes back: switches", "2", $"{changes.Count + 1}", changes.Count == 1);
        var unavailable = samples.Count(sample => sample.Decision.Reason == RateLimitReason.BackendUnavailable);
        table.Add($"primary dies under load: turned away of {samples.Count}", "0", $"{unavailable}", unavailable == 0);
        var admitted = samples.Count(sample => sample.Decision.IsAllowed);
        table.Add("primary dies under load: admitted", $"at most {2 * Limit}", $"{admitted}", admitted <= 2 * Limit);
    }
}
