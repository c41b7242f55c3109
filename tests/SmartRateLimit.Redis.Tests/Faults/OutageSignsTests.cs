using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>What an operator sees of an outage, and what it costs the process.</summary>
public sealed class OutageSignsTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "50/d");

    [Theory]
    [InlineData(Outage.Killed)]
    [InlineData(Outage.Paused)]
    public async Task An_outage_shows_in_metrics_health_and_log_until_it_is_over(Outage outage)
    {
        var name = Guid.NewGuid().ToString();
        var log = new CollectedLog();
        using var metrics = new CollectedMetrics(name);
        using var server = await FragileServer.StartAsync();
        await using var backend = Nodes.To(server.EndPoint, "faults", Budget, options => (options.Name, options.Logger) = (name, log));
        var limiter = new SmartRateLimiter(backend);
        await Recovery.DecidesAsync(backend, Policy);
        Assert.Equal((0, 0), (metrics["smartratelimit.circuit.broken"], metrics["smartratelimit.decisions.degraded"]));

        await server.BreakAsync(outage);
        var tally = await Load.RunAsync(8, 100, () => limiter.AcquireAsync(Policy, "key"));
        Assert.Equal(1, metrics["smartratelimit.circuit.broken"]);
        Assert.Equal(tally.Degraded, metrics["smartratelimit.decisions.degraded"]);
        Assert.InRange(metrics["smartratelimit.circuit.changes:open"], 1, int.MaxValue);
        var health = await backend.CheckHealthAsync(CancellationToken.None);
        Assert.False(health.IsHealthy);
        Assert.NotNull(health.Description);

        await server.MendAsync();
        await Recovery.DecidesAsync(backend, Policy);
        Assert.Equal(0, metrics["smartratelimit.circuit.broken"]);
        Assert.Equal(1, metrics["smartratelimit.circuit.changes:closed"]);
        Assert.Equal(metrics["smartratelimit.circuit.changes:open"], metrics["smartratelimit.circuit.changes:half_open"]);
        Assert.True((await backend.CheckHealthAsync(CancellationToken.None)).IsHealthy);
        Assert.Equal((1, 1), (log.Count(LogLevel.Warning), log.Count(LogLevel.Information)));
    }

    [Fact]
    public async Task An_outage_leaves_no_exception_unobserved_and_memory_flat()
    {
        const int Keys = 200_000;

        // What earlier tests left behind is theirs.
        Collect();
        var unobserved = new ConcurrentQueue<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> listen = (_, args) => unobserved.Enqueue(args.Exception);
        TaskScheduler.UnobservedTaskException += listen;
        try
        {
            using var server = await FragileServer.StartAsync();
            await using var backend = Nodes.To(server.EndPoint, "faults", Budget, options => options.MaxLocalKeys = 1_000);
            await Recovery.DecidesAsync(backend, Policy);
            await server.BreakAsync(Outage.RepliesCut);
            await FloodAsync(backend, 20_000);
            var before = Collect();
            await FloodAsync(backend, Keys);
            Assert.InRange((Collect() - before) / Keys, int.MinValue, 40);
            await server.MendAsync();
            await Recovery.DecidesAsync(backend, Policy);
        }
        finally
        {
            Collect();
            TaskScheduler.UnobservedTaskException -= listen;
        }

        Assert.Empty(unobserved);
    }

    private static Task<Tally> FloodAsync(RedisBackend backend, int keys)
    {
        var next = 0;
        return Load.RunAsync(8, keys / 8, () => backend.AcquireAsync(Policy, FormattableString.Invariant($"key {Interlocked.Increment(ref next)}"), 1, CancellationToken.None));
    }

    private static long Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
