using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>A server that answers, but not with a decision.</summary>
public sealed class RefusalTests
{
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_wrong_password_never_opens_and_is_over_when_it_is_fixed()
    {
        using var server = await RedisServer.StartAsync(new RedisServerOptions { Password = "right" });
        using var backend = Nodes.To(server.EndPoint + ",password=wrong", "faults", TimeSpan.FromMilliseconds(500));
        var policy = RateLimitPolicy.Parse("policy", "10/d") with { OnBackendFailure = FailureMode.Open };
        for (var i = 0; i < 30; i++)
        {
            var decision = await backend.AcquireAsync(policy, "key", 1, CancellationToken.None);
            Assert.Equal((false, true, RateLimitReason.BackendUnavailable), (decision.IsAllowed, decision.IsDegraded, decision.Reason));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await server.SendAsync("CONFIG", "SET", "requirepass", "wrong");
        await DecidesAsync(backend, policy);
    }

    [Fact]
    public async Task A_password_that_changes_under_a_running_node_never_opens()
    {
        using var server = await RedisServer.StartAsync(new RedisServerOptions { Password = "right" });
        using var backend = Nodes.To(server.ConnectionString, "faults", TimeSpan.FromMilliseconds(500));
        var policy = RateLimitPolicy.Parse("policy", "10000/d") with { OnBackendFailure = FailureMode.Open };
        await DecidesAsync(backend, policy);
        using var console = await server.ConnectAsync();
        console.Send("CONFIG", "SET", "requirepass", "other");
        console.Send("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        console.Send("CLIENT", "KILL", "TYPE", "pubsub");
        await Eventually.HoldsAsync(
            async () => (await backend.AcquireAsync(policy, "key", 1, CancellationToken.None)).Reason == RateLimitReason.BackendUnavailable,
            LongestRecovery,
            "the refused password is noticed");
        for (var i = 0; i < 30; i++)
        {
            Assert.False((await backend.AcquireAsync(policy, "key", 1, CancellationToken.None)).IsAllowed);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        console.Send("CONFIG", "SET", "requirepass", "right");
        await DecidesAsync(backend, policy);
    }

    [Fact]
    public async Task A_missing_permission_never_opens()
    {
        using var server = await RedisServer.StartAsync();
        await server.SendAsync("ACL", "SETUSER", "default", "-evalsha", "-eval");
        using var backend = Nodes.To(server.EndPoint, "faults", TimeSpan.FromMilliseconds(500));
        var policy = RateLimitPolicy.Parse("policy", "10/d") with { OnBackendFailure = FailureMode.Open };
        for (var i = 0; i < 10; i++)
        {
            Assert.False((await backend.AcquireAsync(policy, "key", 1, CancellationToken.None)).IsAllowed);
        }

        await server.SendAsync("ACL", "SETUSER", "default", "+evalsha", "+eval");
        await DecidesAsync(backend, policy);
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    public async Task A_server_out_of_memory_writes_nothing_by_half_and_its_buckets_are_as_before(RateLimitAlgorithm algorithm)
    {
        using var server = await RedisServer.StartAsync(new RedisServerOptions { Settings = new Dictionary<string, string> { ["maxmemory-policy"] = "noeviction" } });
        using var backend = Nodes.To(server.EndPoint, "faults");
        var policy = RateLimitPolicy.Parse("policy", "10/d") with { Algorithm = algorithm, OnBackendFailure = FailureMode.Closed };
        await DecidesAsync(backend, policy);
        await backend.AcquireAsync(policy, "key", 4, CancellationToken.None);
        var before = await server.SendAsync("DBSIZE");
        await server.SendAsync("CONFIG", "SET", "maxmemory", "1");
        var decisions = new RateLimitDecision[3];
        for (var i = 0; i < 10; i++)
        {
            var together = await backend.AcquireAllAsync([new(policy, "key", 1), new(policy, "b", 1), new(policy, "c", 1)], decisions, CancellationToken.None);
            Assert.Equal((false, true), (together.IsAllowed, together.IsDegraded));
            Assert.False((await backend.AcquireAsync(policy, "d", 1, CancellationToken.None)).IsAllowed);
        }

        Assert.Equal(before, await server.SendAsync("DBSIZE"));
        await server.SendAsync("CONFIG", "SET", "maxmemory", "0");
        await DecidesAsync(backend, policy);
        Assert.Equal(6, (await backend.PeekAsync(policy, "key", CancellationToken.None)).Remaining);
    }

    [Fact]
    public async Task A_script_cache_that_is_flushed_all_the_time_fails_no_check()
    {
        using var server = await RedisServer.StartAsync();
        using var backend = Nodes.To(server.EndPoint, "faults");
        var policy = RateLimitPolicy.Parse("policy", "500/w");
        await DecidesAsync(backend, policy);
        using var stop = new CancellationTokenSource();
        var hammer = Task.Run(async () =>
        {
            using var console = await server.ConnectAsync();
            while (!stop.IsCancellationRequested)
            {
                console.Send("SCRIPT", "FLUSH");
                await Task.Delay(10, CancellationToken.None);
            }
        }, CancellationToken.None);
        var (asked, admitted, degraded) = (0, 0, 0);
        var until = DateTime.UtcNow.AddSeconds(5);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            while (DateTime.UtcNow < until)
            {
                var decision = caller % 2 == 0
                    ? await backend.AcquireAsync(policy, "key", 1, CancellationToken.None)
                    : backend.Acquire(policy, FormattableString.Invariant($"{caller} {Interlocked.Increment(ref asked)}"), 1);
                Interlocked.Add(ref degraded, decision.IsDegraded ? 1 : 0);
                Interlocked.Add(ref admitted, caller % 2 == 0 && decision.IsAllowed ? 1 : 0);
            }
        })));
        await stop.CancelAsync();
        await hammer;
        Assert.Equal(0, degraded);
        Assert.Equal(500, admitted);
        Assert.InRange(asked, 100, int.MaxValue);
    }

    private static Task<TimeSpan> DecidesAsync(RedisBackend backend, RateLimitPolicy policy) => Eventually.HoldsAsync(
        async () => !(await backend.AcquireAsync(policy, "probe", 0, CancellationToken.None)).IsDegraded,
        LongestRecovery,
        "the store decides");
}
