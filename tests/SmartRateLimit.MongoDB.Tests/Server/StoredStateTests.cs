using MongoDB.Bson;
using MongoDB.Driver;
using SmartRateLimit.MongoDB.Tests.Faults;
using SmartRateLimit.Servers.Processes;

namespace SmartRateLimit.MongoDB.Tests.Server;

/// <summary>What stands in the server.</summary>
public sealed class StoredStateTests(MongoServerFixture fixture)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly string _collection = MongoServerFixture.NewName();

    private IMongoCollection<BsonDocument> Collection => fixture.Database.GetCollection<BsonDocument>(_collection);

    [Fact]
    public async Task A_bucket_is_one_document_of_whole_numbers_of_64_bits_with_a_date_to_expire()
    {
        using var backend = Nodes.On(fixture.Database, _collection);
        var before = DateTime.UtcNow;
        Assert.True((await backend.AcquireAsync(RateLimitPolicy.Parse("a:policy", "10/s; 500/h"), "tenant:7", 3, CancellationToken.None)).IsAllowed);
        var document = await Collection.Find(new BsonDocument()).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("node:a%003Apolicy:tenant:7", document["_id"].AsString);
        Assert.Equal("token 0;10,1000,10,10;500,3600000,500,500", document["numbers"].AsString);
        Assert.Equal(300, document["state"]["r0"]["level"].AsInt64);
        Assert.Equal(document["time"].AsInt64, document["state"]["r1"]["at"].AsInt64);
        Assert.InRange(document["expires"].ToUniversalTime(), before.AddHours(1), before.AddHours(3));
        Assert.Equal(6, document.ElementCount);
    }

    [Fact]
    public async Task The_index_that_deletes_what_expired_is_made_and_making_it_again_changes_nothing()
    {
        for (var i = 0; i < 2; i++)
        {
            using var backend = Nodes.On(fixture.Database, _collection);
            await Eventually.HoldsAsync(async () => await ExpiresAfterAsync() == 0, Longest, "the index is there");
        }
    }

    [Fact]
    public async Task Another_index_in_its_place_is_an_error_that_says_what_to_do_and_is_over_when_it_is_gone()
    {
        var other = new CreateIndexModel<BsonDocument>(new BsonDocument("expires", 1), new CreateIndexOptions { ExpireAfter = TimeSpan.FromHours(1) });
        var name = await Collection.Indexes.CreateOneAsync(other, cancellationToken: TestContext.Current.CancellationToken);
        using var backend = Nodes.On(fixture.Database, _collection);
        var policy = RateLimitPolicy.Parse("policy", "10/d") with { OnBackendFailure = FailureMode.Open };
        BackendHealth health = default;
        await Eventually.HoldsAsync(async () => !(health = await backend.CheckHealthAsync(CancellationToken.None)).IsHealthy, Longest, "the conflict is found");
        Assert.Contains("expireAfterSeconds: 0", health.Description, StringComparison.Ordinal);
        Assert.Contains(_collection, health.Description, StringComparison.Ordinal);
        Assert.False((await backend.AcquireAsync(policy, "key", 1, CancellationToken.None)).IsAllowed);

        await Collection.Indexes.DropOneAsync(name, TestContext.Current.CancellationToken);
        await Redis.Tests.Faults.Recovery.DecidesAsync(backend, policy);
    }

    [Fact]
    public async Task A_lost_race_to_write_the_first_document_is_charged_once()
    {
        var policy = RateLimitPolicy.Parse("policy", "1000/52w") with { Algorithm = RateLimitAlgorithm.FixedWindow };
        for (var round = 0; round < 10; round++)
        {
            var key = $"key {round}";
            var nodes = Enumerable.Range(0, 8).Select(_ => Nodes.On(fixture.Database, _collection)).ToList();
            var decisions = await Task.WhenAll(nodes.Select(node => Task.Run(async () => await node.AcquireAsync(policy, key, 1, CancellationToken.None))));
            Assert.Equal(Enumerable.Range(992, 8).Select(left => (long)left), decisions.Select(decision => decision.Remaining).Order());
            Assert.All(decisions, decision => Assert.False(decision.IsDegraded));
            nodes.ForEach(node => node.Dispose());
        }
    }

    private async Task<double?> ExpiresAfterAsync()
    {
        using var indexes = await Collection.Indexes.ListAsync();
        var own = (await indexes.ToListAsync()).Find(index => index["key"].AsBsonDocument.Contains("expires"));
        return own?["expireAfterSeconds"].ToDouble();
    }
}
