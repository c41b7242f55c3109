using MongoDB.Driver;
using SmartRateLimit;
using SmartRateLimit.MongoDB;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps buckets in MongoDB, as one of several backends.</summary>
public static class SmartRateLimitMongoDBMultiBackendExtensions
{
    /// <summary>Adds MongoDB over a client of its own, as <c>UseMongoDB</c> makes it. Several need different names.</summary>
    /// <param name="builder">The list of backends.</param>
    /// <param name="connectionString">Servers and settings as the driver reads them, such as <c>mongodb://host:27017</c>.</param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same list.</returns>
    public static MultiBackendBuilder AddMongoDB(this MultiBackendBuilder builder, string connectionString, Action<MongoBackendOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        _ = new MongoUrl(connectionString);
        return builder.AddMongoDB(settings => MongoBackend.Connect(connectionString, settings), configure);
    }

    /// <summary>Adds MongoDB over a database whose client the application keeps owning, with its time-outs. Several need different names.</summary>
    /// <param name="builder">The list of backends.</param>
    /// <param name="database">The database.</param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same list.</returns>
    public static MultiBackendBuilder AddMongoDB(this MultiBackendBuilder builder, IMongoDatabase database, Action<MongoBackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        return builder.AddMongoDB(settings => new MongoBackend(database, settings), configure);
    }

    private static MultiBackendBuilder AddMongoDB(this MultiBackendBuilder builder, Func<MongoBackendOptions, MongoBackend> connect, Action<MongoBackendOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = new MongoBackendOptions { TimeProvider = builder.Options.TimeProvider };
        configure?.Invoke(settings);
        return builder.AddBackend(services => SmartRateLimitMongoDBExtensions.Make(services, settings, connect));
    }
}
