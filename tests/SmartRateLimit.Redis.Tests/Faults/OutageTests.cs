using System.Diagnostics;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>
/// A server that is killed, stopped, slow or unreachable. Counts, failure mode and recovery are asserted; times at ten
/// times what is promised, since other programs run on the machine.
/// </summary>
public sealed class OutageTests
{
    private const int Limit = 50;
    private const int Callers = 16;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestCall = 10 * (Budget + TimeSpan.FromMilliseconds(10));
    private static readonly TimeSpan LongestUntilOpen = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestOnceOpen = TimeSpan.FromMilliseconds(10);

    public static MatrixTheoryData<Outage, FailureMode> OutagesAndModes => new(Enum.GetValues<Outage>(), Enum.GetValues<FailureMode>());

    // Seen to fail: the fallback admitted everything.
    [Theory]
    [MemberData(nameof(OutagesAndModes))]
    public async Task A_dead_store_neither_stops_callers_nor_opens_the_gates_and_is_used_again_when_it_is_back(Outage outage, FailureMode mode)
    {
        using var server = await FragileServer.StartAsync();
        await using var backend = Nodes.To(server.EndPoint, "faults", Budget);
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1))) with { OnBackendFailure = mode };
        await Recovery.DecidesAsync(backend, policy);

        await server.BreakAsync(outage);
        var started = Stopwatch.GetTimestamp();
        var load = Load.Start(Callers, TimeSpan.FromMilliseconds(1), () => backend.AcquireAsync(policy, "key", 1, CancellationToken.None));
        while (backend.CircuitState == CircuitState.Closed)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < LongestUntilOpen, "the circuit breaker did not open");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        var shut = await load.StopAsync();
        var open = await Load.RunAsync(Callers, 200, () => backend.AcquireAsync(policy, "key", 1, CancellationToken.None));

        Assert.Equal((shut.Asked, open.Asked), (shut.Degraded, open.Degraded));
        Assert.Equal(Expected(mode, shut.Asked + open.Asked), shut.Admitted + open.Admitted);
        Assert.Equal(mode == FailureMode.Closed ? shut.Asked + open.Asked : 0, shut.Unavailable + open.Unavailable);
        Assert.InRange(shut.Longest, TimeSpan.Zero, LongestCall);
        Assert.InRange(open.Longest, TimeSpan.Zero, LongestCall);
        Assert.InRange(open.Quantile(0.99), TimeSpan.Zero, LongestOnceOpen);

        await server.MendAsync();
        await Recovery.DecidesAsync(backend, policy);
        Assert.Equal(CircuitState.Closed, backend.CircuitState);
    }

    [Theory]
    [InlineData(Outage.Killed)]
    [InlineData(Outage.Suspended)]
    [InlineData(Outage.BlackHoled)]
    public async Task A_multiplexer_that_was_handed_in_is_ridden_out_as_well(Outage outage)
    {
        using var server = await FragileServer.StartAsync();
        using var multiplexer = await RedisServerFixture.ConnectAsync(server.EndPoint + ",abortConnect=false");
        await using var backend = new RedisBackend(multiplexer, new RedisBackendOptions { KeyPrefix = "faults", Timeout = Budget });
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1)));
        await Recovery.DecidesAsync(backend, policy);

        await server.BreakAsync(outage);
        var tally = await Load.RunAsync(Callers, 200, () => backend.AcquireAsync(policy, "key", 1, CancellationToken.None));
        Assert.Equal((tally.Asked, Limit), (tally.Degraded, tally.Admitted));
        Assert.InRange(tally.Longest, TimeSpan.Zero, LongestCall);

        await server.MendAsync();
        await Recovery.DecidesAsync(backend, policy);
    }

    // Seen to fail: the circuit never opened.
    [Theory]
    [InlineData(Outage.Killed)]
    [InlineData(Outage.Suspended)]
    [InlineData(Outage.BlackHoled)]
    public async Task Synchronous_calls_end_in_their_time_as_well(Outage outage)
    {
        using var server = await FragileServer.StartAsync();
        await using var backend = Nodes.To(server.EndPoint, "faults", Budget);
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1)));
        await Recovery.DecidesAsync(backend, policy);

        await server.BreakAsync(outage);
        var tally = await Load.RunAsync(4, 100, () => new(backend.Acquire(policy, "key", 1)));
        Assert.Equal((tally.Asked, Limit), (tally.Degraded, tally.Admitted));
        Assert.InRange(tally.Longest, TimeSpan.Zero, LongestCall);
        Assert.NotEqual(CircuitState.Closed, backend.CircuitState);

        await server.MendAsync();
        await Recovery.DecidesAsync(backend, policy);
    }

    [Fact]
    public async Task An_application_starts_while_the_store_is_down_and_uses_it_when_it_is_up()
    {
        using var server = await RedisServer.StartAsync();
        server.Kill();
        await using var backend = Nodes.To(server.EndPoint, "faults", Budget);
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1)));
        Assert.True((await backend.AcquireAsync(policy, "key", 1, CancellationToken.None)).IsDegraded);
        Assert.True(backend.Acquire(policy, "key", 1).IsDegraded);
        await server.RestartAsync();
        await Recovery.DecidesAsync(backend, policy);
    }

    private static int Expected(FailureMode mode, int asked) => mode switch
    {
        FailureMode.Local => Limit,
        FailureMode.Open => asked,
        _ => 0,
    };
}
