using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MongoDB.Driver;
using SmartRateLimit;
using SmartRateLimit.MongoDB;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps buckets in MongoDB.</summary>
public static class SmartRateLimitMongoDBExtensions
{
    /// <summary>
    /// Keeps buckets in MongoDB, over a client of its own whose time-outs are cut to what a limiter can wait. It connects in
    /// the background: an application starts also while the servers are down.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="connectionString">Servers and settings as the driver reads them: <c>mongodb://host:27017/?replicaSet=…</c>.</param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="MongoConfigurationException">The text is no connection string.</exception>
    public static SmartRateLimitOptions UseMongoDB(this SmartRateLimitOptions options, string connectionString, Action<MongoBackendOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        _ = new MongoUrl(connectionString);
        return options.UseMongoDB(settings => MongoBackend.Connect(connectionString, settings), configure);
    }

    /// <summary>Keeps buckets in MongoDB, in a database whose client the application keeps owning, with its time-outs.</summary>
    /// <param name="options">The options.</param>
    /// <param name="database">The database.</param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same options.</returns>
    public static SmartRateLimitOptions UseMongoDB(this SmartRateLimitOptions options, IMongoDatabase database, Action<MongoBackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        return options.UseMongoDB(settings => new MongoBackend(database, settings), configure);
    }

    private static SmartRateLimitOptions UseMongoDB(this SmartRateLimitOptions options, Func<MongoBackendOptions, MongoBackend> connect, Action<MongoBackendOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new MongoBackendOptions { TimeProvider = options.TimeProvider };
        configure?.Invoke(settings);
        return options.AddBackend(settings.Name, services => Make(services, settings, connect));
    }

    internal static MongoBackend Make(IServiceProvider services, MongoBackendOptions settings, Func<MongoBackendOptions, MongoBackend> connect)
    {
        if (services.GetService<ILoggerFactory>() is { } loggers)
        {
            settings.Logger ??= loggers.CreateLogger<MongoBackend>();
        }

        if (services.GetService<IOptions<SmartRateLimitOptions>>() is { } shared)
        {
            settings.Share(shared.Value.KeyPrefix);
        }

        return connect(settings);
    }
}
