using System.Diagnostics.CodeAnalysis;
using MongoDB.Bson;
using MongoDB.Driver;
using SmartRateLimit.MongoDB.Calls;
using SmartRateLimit.MongoDB.Server;

namespace SmartRateLimit.MongoDB;

/// <summary>Keeps buckets in MongoDB, so that many nodes hold one limit: a replica set, a sharded cluster or a single server, from MongoDB 4.4 on.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "A backend owns its store, and the store what it is given.")]
public sealed class MongoBackend : RemoteBackend
{
    /// <summary>How long a bucket that is as new is kept: a clock that steps back a little must find what it left.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Creates a backend on a database whose client the caller keeps owning; its own time-outs for connecting hold.</summary>
    /// <param name="database">The database.</param>
    /// <param name="options">The settings, read once; <see langword="null"/> means the defaults.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public MongoBackend(IMongoDatabase database, MongoBackendOptions? options = null)
        : this(database ?? throw new ArgumentNullException(nameof(database)), options ?? new MongoBackendOptions(), client: null)
    {
    }

    internal MongoBackend(IMongoDatabase database, MongoBackendOptions options, IDisposable? client)
        : this(Buckets(database, options, client), options)
    {
    }

    internal MongoBackend(IBucketCollection buckets, MongoBackendOptions options)
        : base(new MongoStore(buckets, options.KeyPrefix, Grace), options)
    {
    }

    /// <summary>Creates a backend with a client of its own, which is made to fit a limiter's time.</summary>
    internal static MongoBackend Connect(string connectionString, MongoBackendOptions options)
    {
        var url = new MongoUrl(connectionString);
        var client = new MongoClient(MongoSettings.For(url, options.Timeout));
        return new MongoBackend(client.GetDatabase(options.Database ?? url.DatabaseName ?? "smartratelimit"), options, client);
    }

    private static MongoBuckets Buckets(IMongoDatabase database, MongoBackendOptions options, IDisposable? client)
    {
        options.Check();
        var collection = database.GetCollection<BsonDocument>(options.Collection).WithWriteConcern(options.WriteConcern);
        return new MongoBuckets(collection, new BsonText(), options.Timeout, new ExpiryIndex(collection, options.Logger), client);
    }
}
