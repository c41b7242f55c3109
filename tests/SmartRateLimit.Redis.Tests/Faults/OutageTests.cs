using System.Diagnostics;
using SmartRateLimit.Servers.Network;
using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>
/// A server that is killed, stopped, slow or unreachable. Counts, failure mode and recovery are asserted; times at ten
/// times what is promised, since other programs run on the machine.
/// </summary>
public sealed class OutageTests
{
    private const int Limit = 50;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestCall = 10 * (Budget + TimeSpan.FromMilliseconds(10));
    private static readonly TimeSpan LongestUntilOpen = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromSeconds(20);

    public enum Fault
    {
        Killed,
        Suspended,
        Slowed,
        BlackHoled,
        ReplyCut,
    }

    public static TheoryData<Fault, FailureMode> FaultsAndModes
    {
        get
        {
            var data = new TheoryData<Fault, FailureMode>();
            foreach (var fault in Enum.GetValues<Fault>())
            {
                data.Add(fault, FailureMode.Local);
            }

            data.Add(Fault.Killed, FailureMode.Open);
            data.Add(Fault.Suspended, FailureMode.Closed);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FaultsAndModes))]
    public async Task A_dead_store_neither_stops_callers_nor_opens_the_gates_and_is_used_again_when_it_is_back(Fault fault, FailureMode mode)
    {
        using var server = await RedisServer.StartAsync();
        using var proxy = new FaultProxy(server.Port);
        using var backend = Nodes.To(proxy.EndPoint, "faults", Budget);
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1))) with { OnBackendFailure = mode };
        await RecoveredAsync(backend, policy);

        await MakeAsync(fault, server, proxy);
        var started = Stopwatch.GetTimestamp();
        var degraded = new List<RateLimitDecision>();
        while (backend.CircuitState == CircuitState.Closed)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < LongestUntilOpen, "the circuit breaker did not open");
            degraded.Add(await AskAsync(backend, policy));
        }

        for (var i = 0; i < 200; i++)
        {
            degraded.Add(await AskAsync(backend, policy));
        }

        degraded = [.. degraded.Where(decision => decision.IsDegraded)];
        Assert.InRange(degraded.Count, 150, int.MaxValue);
        var admitted = degraded.Count(decision => decision.IsAllowed);
        Assert.Equal(mode switch { FailureMode.Local => Limit, FailureMode.Open => degraded.Count, _ => 0 }, admitted);
        Assert.All(degraded, decision => Assert.True(decision.IsAllowed || mode != FailureMode.Closed || decision.Reason == RateLimitReason.BackendUnavailable));

        await MendAsync(fault, server, proxy);
        await RecoveredAsync(backend, policy);
        Assert.Equal(CircuitState.Closed, backend.CircuitState);
    }

    [Fact]
    public async Task Synchronous_calls_end_in_their_time_as_well()
    {
        using var server = await RedisServer.StartAsync();
        using var backend = Nodes.To(server.EndPoint, "faults", Budget);
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1)));
        await RecoveredAsync(backend, policy);
        server.Suspend();
        for (var i = 0; i < 20; i++)
        {
            var started = Stopwatch.GetTimestamp();
            backend.Acquire(policy, "key", 1);
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, LongestCall);
        }

        Assert.NotEqual(CircuitState.Closed, backend.CircuitState);
        server.Resume();
        await RecoveredAsync(backend, policy);
    }

    [Fact]
    public async Task An_application_starts_while_the_store_is_down_and_uses_it_when_it_is_up()
    {
        using var server = await RedisServer.StartAsync();
        server.Kill();
        using var backend = Nodes.To(server.EndPoint, "faults", Budget);
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1)));
        Assert.True((await AskAsync(backend, policy)).IsDegraded);
        Assert.True(backend.Acquire(policy, "key", 1).IsDegraded);
        await server.RestartAsync();
        await RecoveredAsync(backend, policy);
    }

    private static async Task MakeAsync(Fault fault, RedisServer server, FaultProxy proxy)
    {
        switch (fault)
        {
            case Fault.Killed:
                server.Kill();
                break;
            case Fault.Suspended:
                server.Suspend();
                break;
            case Fault.Slowed:
                proxy.Delay = TimeSpan.FromMilliseconds(500);
                break;
            case Fault.BlackHoled:
                proxy.Mode = ProxyMode.BlackHole;
                break;
            default:
                proxy.Mode = ProxyMode.CutReplies;
                break;
        }

        await Task.Yield();
    }

    private static async Task MendAsync(Fault fault, RedisServer server, FaultProxy proxy)
    {
        proxy.Delay = TimeSpan.Zero;
        proxy.Mode = ProxyMode.Pass;
        server.Resume();
        if (fault == Fault.Killed)
        {
            await server.RestartAsync();
        }
    }

    private static async Task<RateLimitDecision> AskAsync(RedisBackend backend, RateLimitPolicy policy)
    {
        var started = Stopwatch.GetTimestamp();
        var decision = await backend.AcquireAsync(policy, "key", 1, CancellationToken.None);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, LongestCall);
        return decision;
    }

    // With a key of its own, so that what is counted here is counted nowhere else.
    private static Task<TimeSpan> RecoveredAsync(RedisBackend backend, RateLimitPolicy policy) => Eventually.HoldsAsync(
        async () => !(await backend.AcquireAsync(policy, Guid.NewGuid().ToString(), 1, CancellationToken.None)).IsDegraded,
        LongestRecovery,
        "the store decides again");
}
