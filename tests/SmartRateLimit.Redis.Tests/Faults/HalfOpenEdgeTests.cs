using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>Ten thousand callers at the end of a break, counted by the server that gets the probe.</summary>
public sealed class HalfOpenEdgeTests
{
    private const int Callers = 10_000;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(1.5);

    /// <summary>Timers may be a little early.</summary>
    private static readonly TimeSpan PastBreak = Break + TimeSpan.FromMilliseconds(100);
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "50/d");

    // Seen to fail: half open let everybody through.
    [Fact]
    public async Task Of_10_000_callers_exactly_one_probes_a_store_that_hangs()
    {
        Assert.SkipWhen(
            typeof(StackExchange.Redis.ConnectionMultiplexer).Assembly.GetName().Version!.Major >= 2,
            "StackExchange.Redis 2.x has dropped the connection before a reply that is held back can be awaited.");

        var name = Guid.NewGuid().ToString();
        using var metrics = new CollectedMetrics(name);
        using var server = await FragileServer.StartAsync();
        await using var backend = await BrokenAsync(server, name);
        var before = await server.ScriptCallsAsync();

        await Task.Delay(PastBreak, TestContext.Current.CancellationToken);
        var decisions = await AskAtOnceAsync(backend, CancellationToken.None);

        Assert.Equal(Callers, decisions.Count(decision => decision.IsDegraded));
        Assert.Equal(1, await server.ScriptCallsAsync() - before);
        Assert.Equal(1, metrics["smartratelimit.circuit.changes:half_open"]);
        Assert.Equal(2, metrics["smartratelimit.circuit.changes:open"]);
        Assert.Equal(CircuitState.Open, backend.CircuitState);
    }

    [Fact]
    public async Task Of_10_000_callers_exactly_one_probes_a_store_that_is_back_and_nobody_waits_for_it()
    {
        var name = Guid.NewGuid().ToString();
        using var metrics = new CollectedMetrics(name);
        using var server = await FragileServer.StartAsync();
        await using var backend = await BrokenAsync(server, name);
        await server.MendAsync();

        await Task.Delay(PastBreak, TestContext.Current.CancellationToken);
        var decisions = await AskAtOnceAsync(backend, CancellationToken.None);

        Assert.Equal(Callers, decisions.Length);
        Assert.Contains(decisions, decision => !decision.IsDegraded);
        Assert.Equal(1, metrics["smartratelimit.circuit.changes:half_open"]);
        Assert.Equal(1, metrics["smartratelimit.circuit.changes:closed"]);
        Assert.Equal(CircuitState.Closed, backend.CircuitState);
    }

    [Fact]
    public async Task A_probe_whose_caller_gives_up_leaves_half_open_as_well()
    {
        var name = Guid.NewGuid().ToString();
        using var metrics = new CollectedMetrics(name);
        using var server = await FragileServer.StartAsync();
        await using var backend = await BrokenAsync(server, name);
        await Task.Delay(PastBreak, TestContext.Current.CancellationToken);

        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await backend.AcquireAsync(Policy, "key", 1, patience.Token));
        Assert.Equal(CircuitState.HalfOpen, backend.CircuitState);
        await Eventually.HoldsAsync(() => Task.FromResult(backend.CircuitState == CircuitState.Open), 10 * Budget, "the probe is given up");

        await server.MendAsync();
        await Recovery.DecidesAsync(backend, Policy);
        Assert.Equal(2, metrics["smartratelimit.circuit.changes:half_open"]);
    }

    /// <summary>A backend whose circuit has just opened: the server carries requests out and nobody hears of it.</summary>
    private static async Task<RedisBackend> BrokenAsync(FragileServer server, string name)
    {
        var backend = Nodes.To(server.EndPoint, "faults", Budget, options =>
        {
            options.Name = name;
            (options.CircuitBreaker.BreakDuration, options.CircuitBreaker.MaxBreakDuration, options.CircuitBreaker.Jitter) = (Break, Break, 0);
        });
        await Recovery.DecidesAsync(backend, Policy);
        await server.BreakAsync(Outage.RepliesCut);
        while (backend.CircuitState == CircuitState.Closed)
        {
            Assert.True((await backend.AcquireAsync(Policy, "key", 0, CancellationToken.None)).IsDegraded);
        }

        return backend;
    }

    private static async Task<RateLimitDecision[]> AskAtOnceAsync(RedisBackend backend, CancellationToken cancellationToken)
    {
        using var start = new ManualResetEventSlim();
        var callers = Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            start.Wait(cancellationToken);
            return Enumerable.Range(0, Callers / 4)
                .Select(i => backend.AcquireAsync(Policy, FormattableString.Invariant($"{thread} {i}"), 1, cancellationToken).AsTask())
                .ToArray();
        })).ToArray();
        start.Set();
        return await Task.WhenAll((await Task.WhenAll(callers)).SelectMany(calls => calls));
    }
}
