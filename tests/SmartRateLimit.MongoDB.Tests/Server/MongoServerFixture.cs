using MongoDB.Bson;
using MongoDB.Driver;
using SmartRateLimit.MongoDB.Tests.Server;
using SmartRateLimit.Servers.MongoDB;

[assembly: AssemblyFixture(typeof(MongoServerFixture))]

namespace SmartRateLimit.MongoDB.Tests.Server;

/// <summary>
/// One server that all tests share which do no harm to it: the one that SMARTRATELIMIT_TEST_MONGODB names, or a mongod on
/// the path. Where there is neither, tests that ask for it are not run.
/// </summary>
public sealed class MongoServerFixture : IAsyncLifetime
{
    /// <summary>Why a test is not run.</summary>
    public const string Missing = "There is no MongoDB to run it on: set SMARTRATELIMIT_TEST_MONGODB to a connection string, or put mongod on the path.";

    /// <summary>Why a test of faults is not run.</summary>
    public const string NotOwn = "It starts, stops and kills a mongod of its own, and there is none on the path.";

    private MongoServer? _own;
    private string? _connectionString;
    private MongoClient? _client;

    /// <summary>The server; without one the test that asks is not run.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(_connectionString is null, Missing);
            return _connectionString!;
        }
    }

    /// <summary>A database for tests; without a server the test that asks is not run.</summary>
    public IMongoDatabase Database => (_client ??= new MongoClient(ConnectionString)).GetDatabase("smartratelimit-tests");

    public static string NewName() => "test-" + Guid.NewGuid().ToString("N")[..12];

    public async ValueTask InitializeAsync()
    {
        ThreadPool.SetMinThreads(64, 64);
        _connectionString = Environment.GetEnvironmentVariable("SMARTRATELIMIT_TEST_MONGODB");
        if (string.IsNullOrEmpty(_connectionString))
        {
            _own = MongoServer.Program is null ? null : await MongoServer.StartAsync();
            _connectionString = _own?.ConnectionString;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            foreach (var name in await (await Database.ListCollectionNamesAsync()).ToListAsync())
            {
                await Database.DropCollectionAsync(name);
            }

            _client.Dispose();
        }

        _own?.Dispose();
    }

    /// <summary>A collection of its own for a test.</summary>
    public IMongoCollection<BsonDocument> NewCollection() => Database.GetCollection<BsonDocument>(NewName());
}
