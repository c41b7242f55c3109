using MongoDB.Bson;
using SmartRateLimit.Contract;
using SmartRateLimit.MongoDB.Server;

namespace SmartRateLimit.MongoDB.Tests.Server;

/// <summary>The contract of every backend, on a server, with a test's clock in place of its own.</summary>
public sealed class ServerContract(MongoServerFixture fixture) : BackendContract
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(200 * 366);

    protected override int ComparedOperations => 3_000;

    protected override int WaitingRounds => 1;

    protected override long Granule => TimeSpan.TicksPerMillisecond;

    protected override bool HasMonotonicClock => false;

    protected override IRateLimitBackend CreateBackend(FakeTime time)
    {
        var clock = new BsonText(() => new BsonDateTime((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond));
        var options = new RemoteBackendOptions { TimeProvider = time, MaxRememberedRefusals = 0, Timeout = TimeSpan.FromSeconds(10) };
        options.CircuitBreaker.FailureThreshold = 1;

        // No index deletes what is expired by the server's clock and not by the test's.
        var buckets = new MongoBuckets(fixture.Database.GetCollection<BsonDocument>("contract"), clock, options.Timeout, index: null, client: null);
        return new NeverDegraded(new RemoteBackend(new MongoStore(buckets, MongoServerFixture.NewName(), Forever), options));
    }
}
