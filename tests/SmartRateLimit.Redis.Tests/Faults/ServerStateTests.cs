using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>A server that answers, but cannot write: it is full, or not the master any more, or has forgotten its scripts.</summary>
public sealed class ServerStateTests
{
    private const int Limit = 10;

    public static MatrixTheoryData<RateLimitAlgorithm, FailureMode> AlgorithmsAndModes =>
        new([RateLimitAlgorithm.TokenBucket, RateLimitAlgorithm.SlidingWindow], Enum.GetValues<FailureMode>());

    // Seen to fail: the fallback admitted everything.
    [Theory]
    [MemberData(nameof(AlgorithmsAndModes))]
    public async Task A_server_out_of_memory_writes_nothing_by_half_and_its_buckets_are_as_before(RateLimitAlgorithm algorithm, FailureMode mode)
    {
        using var server = await RedisServer.StartAsync(new RedisServerOptions { Settings = new Dictionary<string, string> { ["maxmemory-policy"] = "noeviction" } });
        await using var backend = Nodes.To(server.EndPoint, "faults");
        var policy = RateLimitPolicy.Parse("policy", "10/d") with { Algorithm = algorithm, OnBackendFailure = mode };
        await Recovery.DecidesAsync(backend, policy);
        await backend.AcquireAsync(policy, "key", 4, CancellationToken.None);
        var before = await server.SendAsync("DBSIZE");

        await server.SendAsync("CONFIG", "SET", "maxmemory", "1");
        var tally = await Load.RunAsync(4, 20, () => backend.AcquireAllAsync([new(policy, "key", 1), new(policy, "b", 1), new(policy, "c", 1)], new RateLimitDecision[3], CancellationToken.None));
        Assert.Equal((tally.Asked, Expected(mode, tally.Asked)), (tally.Degraded, tally.Admitted));
        tally = await Load.RunAsync(4, 20, () => backend.AcquireAsync(policy, "d", 1, CancellationToken.None));
        Assert.Equal((tally.Asked, Expected(mode, tally.Asked)), (tally.Degraded, tally.Admitted));

        Assert.Equal(before, await server.SendAsync("DBSIZE"));
        await server.SendAsync("CONFIG", "SET", "maxmemory", "0");
        await Recovery.DecidesAsync(backend, policy);
        Assert.Equal(6, (await backend.PeekAsync(policy, "key", CancellationToken.None)).Remaining);
    }

    // Seen to fail: each call had a bucket of its own.
    [Fact]
    public async Task A_server_that_became_a_replica_is_an_outage_until_it_may_write_again()
    {
        using var server = await RedisServer.StartAsync();
        await using var backend = Nodes.To(server.EndPoint, "faults", TimeSpan.FromMilliseconds(500));
        var policy = RateLimitPolicy.Parse("policy", "10/d") with { OnBackendFailure = FailureMode.Closed };
        await Recovery.DecidesAsync(backend, policy);
        await backend.AcquireAsync(policy, "key", 4, CancellationToken.None);

        await server.SendAsync("REPLICAOF", "127.0.0.1", "1");
        var tally = await Load.RunAsync(4, 20, () => backend.AcquireAsync(policy, "key", 1, CancellationToken.None));
        Assert.Equal((tally.Asked, tally.Asked), (tally.Degraded, tally.Unavailable));

        await server.SendAsync("REPLICAOF", "NO", "ONE");
        await Recovery.DecidesAsync(backend, policy);
        tally = await Load.RunAsync(4, 20, () => backend.AcquireAsync(policy, "key", 1, CancellationToken.None));
        Assert.Equal((6, 0), (tally.Admitted, tally.Degraded));
    }

    // Seen to fail: the text of a script that was forgotten was not sent.
    [Fact]
    public async Task A_script_cache_that_is_flushed_all_the_time_fails_no_check()
    {
        using var server = await RedisServer.StartAsync();
        await using var backend = Nodes.To(server.EndPoint, "faults");
        var policy = RateLimitPolicy.Parse("policy", "500/w");
        await Recovery.DecidesAsync(backend, policy);
        using var console = await server.ConnectAsync();
        var next = 0;
        var hot = Load.Start(4, TimeSpan.FromMilliseconds(1), () => backend.AcquireAsync(policy, "key", 1, CancellationToken.None));
        var blocking = Load.Start(4, TimeSpan.FromMilliseconds(1), () => new(backend.Acquire(policy, FormattableString.Invariant($"{Interlocked.Increment(ref next)}"), 1)));
        for (var flushes = 0; flushes < 100 || hot.Tally.Rejected == 0; flushes++)
        {
            Assert.InRange(flushes, 0, 5_000);
            console.Send("SCRIPT", "FLUSH");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var shared = await hot.StopAsync();
        var alone = await blocking.StopAsync();
        Assert.Equal((0, 500), (shared.Degraded, shared.Admitted));
        Assert.Equal((0, alone.Asked), (alone.Degraded, alone.Admitted));
    }

    private static int Expected(FailureMode mode, int asked) => mode switch
    {
        FailureMode.Local => Limit,
        FailureMode.Open => asked,
        _ => 0,
    };
}
