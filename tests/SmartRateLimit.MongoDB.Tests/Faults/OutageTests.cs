using System.Diagnostics;
using SmartRateLimit.MongoDB.Tests.Server;
using SmartRateLimit.Redis.Tests.Faults;
using SmartRateLimit.Servers.MongoDB;

namespace SmartRateLimit.MongoDB.Tests.Faults;

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

    public static MatrixTheoryData<MongoOutage, FailureMode> OutagesAndModes => new(Enum.GetValues<MongoOutage>(), Enum.GetValues<FailureMode>());

    [Theory]
    [MemberData(nameof(OutagesAndModes))]
    public async Task A_dead_store_neither_stops_callers_nor_opens_the_gates_and_is_used_again_when_it_is_back(MongoOutage outage, FailureMode mode)
    {
        Assert.SkipWhen(MongoServer.Program is null, MongoServerFixture.NotOwn);
        using var server = await FragileMongo.StartAsync();
        await using var backend = Nodes.To(server.ConnectionString, Budget);
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1))) with { OnBackendFailure = mode };
        await Recovery.DecidesAsync(backend, policy);

        server.Break(outage);
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

        await server.MendAsync();
        await Recovery.DecidesAsync(backend, policy);
        Assert.Equal(CircuitState.Closed, backend.CircuitState);
    }

    [Theory]
    [InlineData(MongoOutage.Killed)]
    [InlineData(MongoOutage.Suspended)]
    [InlineData(MongoOutage.BlackHoled)]
    public async Task Synchronous_calls_end_in_their_time_as_well(MongoOutage outage)
    {
        Assert.SkipWhen(MongoServer.Program is null, MongoServerFixture.NotOwn);
        using var server = await FragileMongo.StartAsync();
        await using var backend = Nodes.To(server.ConnectionString, Budget);
        var policy = new RateLimitPolicy("policy", new Rate(Limit, TimeSpan.FromDays(1)));
        await Recovery.DecidesAsync(backend, policy);

        server.Break(outage);
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
        Assert.SkipWhen(MongoServer.Program is null, MongoServerFixture.NotOwn);
        using var server = await MongoServer.StartAsync();
        server.Kill();
        await using var backend = Nodes.To(server.ConnectionString, Budget);
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
