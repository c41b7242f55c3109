using MongoDB.Bson;
using MongoDB.Driver;
using SmartRateLimit.MongoDB.Tests.Server;
using SmartRateLimit.Redis.Tests.Faults;
using SmartRateLimit.Servers.MongoDB;
using SmartRateLimit.Servers.Processes;

namespace SmartRateLimit.MongoDB.Tests.Faults;

/// <summary>Connections that are reset after the server has decided, before or within its reply.</summary>
public sealed class LostReplyTests
{
    [Fact]
    public async Task Many_callers_of_one_key_are_admitted_at_most_its_limit_while_connections_are_reset_within_replies()
    {
        const int Limit = 1_000;
        Assert.SkipWhen(MongoServer.Program is null, MongoServerFixture.NotOwn);
        using var server = await FragileMongo.StartAsync();
        await using var backend = Nodes.To(server.ConnectionString, TimeSpan.FromMilliseconds(200));
        var policy = RateLimitPolicy.Parse("policy", "1000/w") with { OnBackendFailure = FailureMode.Closed };
        await Recovery.DecidesAsync(backend, policy);
        var load = Load.Start(32, TimeSpan.FromMilliseconds(1), () => backend.AcquireAsync(policy, "key", 1, CancellationToken.None));
        for (var fault = 0; fault < 20; fault++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            server.Proxy.ResetInNextReply(fault * 7);
        }

        await Recovery.DecidesAsync(backend, policy);
        await Eventually.HoldsAsync(() => Task.FromResult(load.Tally.Rejected > 0), TimeSpan.FromSeconds(30), "the limit is reached");
        var tally = await load.StopAsync();
        Assert.InRange(tally.Admitted, 1, Limit);
        Assert.NotEqual(0, tally.Degraded);

        using var client = new MongoClient(server.Server.ConnectionString);
        var document = await client.GetDatabase("smartratelimit").GetCollection<BsonDocument>("faults")
            .Find(new BsonDocument("_id", "node:policy:key")).SingleAsync(TestContext.Current.CancellationToken);
        var parts = document["state"]["r0"]["level"].AsInt64;
        Assert.InRange(parts, 1, Limit * (7L * 86_400_000 / 1_000));
    }
}
