using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Redis.Tests.Store;

/// <summary>The permissions that the documentation asks for are enough for everything that a backend does.</summary>
public sealed class PermissionTests
{
    private const string Rules =
        "resetkeys ~shop:* resetchannels &shop:replenished -@all +eval +evalsha +time +get +set +del +hget +hset +hmget +hdel +pexpire +publish +subscribe +unsubscribe +scan +info +select +ping +echo";

    [Fact]
    public void The_documentation_names_them()
    {
        var text = File.ReadAllText(Path.Combine(Root(AppContext.BaseDirectory), "docs", "redis.md"));
        Assert.Contains(Rules, text, StringComparison.Ordinal);

        static string Root(string folder) => File.Exists(Path.Combine(folder, "global.json")) ? folder : Root(Path.GetDirectoryName(folder)!);
    }

    [Fact]
    public async Task They_are_enough_for_every_algorithm_and_operation()
    {
        using var server = await RedisServer.StartAsync(new RedisServerOptions { Password = "secret" });
        using var console = await server.ConnectAsync();
        console.Send("ACL", "SETUSER", "admin", "on", ">admin", "allkeys", "allchannels", "+@all");
        console.Send("AUTH", "admin", "admin");
        console.Send(["ACL", "SETUSER", "default", .. Rules.Split(' ')]);
        await using var backend = Nodes.To(server.ConnectionString, "shop");
        await using var other = Nodes.To(server.ConnectionString, "shop");
        foreach (var algorithm in Enum.GetValues<RateLimitAlgorithm>())
        {
            var policy = RateLimitPolicy.Parse(algorithm.ToString(), "2/d; 3/w") with { Algorithm = algorithm };
            foreach (var expected in (bool[])[true, true, false])
            {
                Own(expected, await backend.AcquireAsync(policy, "key", 1, CancellationToken.None));
            }

            Own(false, other.Acquire(policy with { Rates = [Rate.Parse("1/d")] }, "key", 1));
            Own(true, await backend.AcquireAllAsync([new(policy, "a"), new(policy, "b")], new RateLimitDecision[2], CancellationToken.None));
            Own(false, await other.PeekAsync(policy, "key", CancellationToken.None));
            await backend.RefundAsync(policy, "key", 1, CancellationToken.None);
            await Eventually.HoldsAsync(
                async () => (await other.PeekAsync(policy, "key", CancellationToken.None)).Remaining == 1, TimeSpan.FromSeconds(10), "a permit is back");
            await backend.ResetAsync(policy, "key", CancellationToken.None);
            Own(true, await backend.AcquireAsync(policy, "key", 2, CancellationToken.None));
            Assert.Equal(["a", "b", "key"], await ListAsync(backend, policy.Name));
        }
    }

    private static void Own(bool isAllowed, RateLimitDecision decision) =>
        Assert.Equal((isAllowed, false), (decision.IsAllowed, decision.IsDegraded));

    private static async Task<List<string>> ListAsync(RedisBackend backend, string policy)
    {
        var keys = new List<string>();
        await foreach (var key in backend.ListKeysAsync(policy, TestContext.Current.CancellationToken))
        {
            keys.Add(key);
        }

        return [.. keys.Order(StringComparer.Ordinal)];
    }
}
