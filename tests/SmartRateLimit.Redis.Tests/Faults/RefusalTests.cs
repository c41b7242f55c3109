using Microsoft.Extensions.Logging;
using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>A server that does not let this application decide: a mistake in the configuration, which never opens a limit.</summary>
public sealed class RefusalTests
{
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(500);
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "10000/d") with { OnBackendFailure = FailureMode.Open };

    // Seen to fail: it was taken for an outage.
    [Fact]
    public async Task A_wrong_password_never_opens_and_is_over_when_it_is_fixed()
    {
        var log = new CollectedLog();
        using var server = await RedisServer.StartAsync(new RedisServerOptions { Password = "right" });
        await using var backend = Nodes.To(server.EndPoint + ",password=wrong", "faults", Budget, options => options.Logger = log);
        await StaysShutAsync(backend);
        Assert.Equal((1, 0), (log.Count(LogLevel.Error), log.Count(LogLevel.Warning)));
        Assert.False((await backend.CheckHealthAsync(CancellationToken.None)).IsHealthy);

        await server.SendAsync("CONFIG", "SET", "requirepass", "wrong");
        await Recovery.DecidesAsync(backend, Policy);
    }

    [Fact]
    public async Task A_password_that_changes_under_a_running_node_never_opens()
    {
        using var server = await RedisServer.StartAsync(new RedisServerOptions { Password = "right" });
        await using var backend = Nodes.To(server.ConnectionString, "faults", Budget);
        await Recovery.DecidesAsync(backend, Policy);
        using var console = await server.ConnectAsync();
        console.Send("CONFIG", "SET", "requirepass", "other");
        console.Send("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        console.Send("CLIENT", "KILL", "TYPE", "pubsub");
        await RefusedAsync(backend);
        await StaysShutAsync(backend);

        console.Send("CONFIG", "SET", "requirepass", "right");
        await Recovery.DecidesAsync(backend, Policy);
    }

    // Seen to fail: it was taken for an outage.
    [Theory]
    [InlineData("-evalsha", "-eval")]
    [InlineData("resetkeys", "~other:*")]
    public async Task A_permission_that_is_missing_never_opens_and_is_over_when_it_is_given(string one, string other)
    {
        var log = new CollectedLog();
        using var server = await RedisServer.StartAsync();
        await server.SendAsync("ACL", "SETUSER", "default", one, other);
        await using var backend = Nodes.To(server.EndPoint, "faults", Budget, options => options.Logger = log);
        await StaysShutAsync(backend);
        Assert.Equal((1, 0), (log.Count(LogLevel.Error), log.Count(LogLevel.Warning)));

        await server.SendAsync("ACL", "SETUSER", "default", "+@all", "allkeys");
        await Recovery.DecidesAsync(backend, Policy);
    }

    [Fact]
    public async Task A_permission_that_is_taken_from_a_running_node_never_opens()
    {
        using var server = await RedisServer.StartAsync();
        await using var backend = Nodes.To(server.EndPoint, "faults", Budget);
        await Recovery.DecidesAsync(backend, Policy);
        await server.SendAsync("ACL", "SETUSER", "default", "-set");
        await StaysShutAsync(backend);

        await server.SendAsync("ACL", "SETUSER", "default", "+set");
        await Recovery.DecidesAsync(backend, Policy);
    }

    private static Task<TimeSpan> RefusedAsync(RedisBackend backend) => Eventually.HoldsAsync(
        async () => (await backend.AcquireAsync(Policy, "key", 1, CancellationToken.None)).Reason == RateLimitReason.BackendUnavailable,
        LongestRecovery,
        "the refusal is noticed");

    private static async Task StaysShutAsync(RedisBackend backend)
    {
        for (var i = 0; i < 30; i++)
        {
            var decision = await backend.AcquireAsync(Policy, "key", 1, CancellationToken.None);
            Assert.Equal((false, true, RateLimitReason.BackendUnavailable), (decision.IsAllowed, decision.IsDegraded, decision.Reason));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
