using MongoDB.Driver;

namespace SmartRateLimit.MongoDB.Tests.Faults;

/// <summary>Makes backends as nodes of an application have them.</summary>
internal static class Nodes
{
    /// <summary>Long enough that a busy machine makes no fault of its own.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A backend on a database, on the server's clock.</summary>
    public static MongoBackend On(IMongoDatabase database, string collection) =>
        new(database, new MongoBackendOptions { KeyPrefix = "node", Collection = collection, Timeout = Patience });

    /// <summary>A backend with a client of its own.</summary>
    public static MongoBackend To(string connectionString, TimeSpan? timeout = null, Action<MongoBackendOptions>? configure = null)
    {
        var options = new MongoBackendOptions { KeyPrefix = "node", Collection = "faults", Timeout = timeout ?? Patience };
        configure?.Invoke(options);
        return MongoBackend.Connect(connectionString, options);
    }
}
