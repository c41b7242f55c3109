using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRateLimit;
using SmartRateLimit.Redis;
using SmartRateLimit.Redis.Connections;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps buckets in Redis.</summary>
public static class SmartRateLimitRedisExtensions
{
    /// <summary>
    /// Keeps buckets in Redis, over a connection of its own that is made in the background: an application starts also
    /// while Redis is down.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="configuration">
    /// Servers and settings as StackExchange.Redis reads them: <c>host:6379,password=…</c>, several nodes of a cluster, or
    /// sentinels with <c>serviceName=…</c>.
    /// </param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same options.</returns>
    public static SmartRateLimitOptions UseRedis(this SmartRateLimitOptions options, string configuration, Action<RedisBackendOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        return options.UseRedis(ConfigurationOptions.Parse(configuration), configure);
    }

    /// <summary>Keeps buckets in Redis, over a connection of its own. Its time-outs for connecting and for synchronous calls are bounded to what a limiter can wait.</summary>
    /// <param name="options">The options.</param>
    /// <param name="configuration">Servers and settings; read once.</param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same options.</returns>
    public static SmartRateLimitOptions UseRedis(this SmartRateLimitOptions options, ConfigurationOptions configuration, Action<RedisBackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.EndPoints.Count == 0)
        {
            throw new ArgumentException("The configuration of Redis names no server. Write \"host:6379\", or several with commas between them.", nameof(configuration));
        }

        return options.UseRedis((_, settings) => Connect(configuration, settings), configure);
    }

    /// <summary>Keeps buckets in Redis, over a connection that the application keeps owning, with its time-outs.</summary>
    /// <param name="options">The options.</param>
    /// <param name="multiplexer">The connection.</param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same options.</returns>
    public static SmartRateLimitOptions UseRedis(this SmartRateLimitOptions options, IConnectionMultiplexer multiplexer, Action<RedisBackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        return options.UseRedis((_, _) => new GivenConnection(multiplexer), configure);
    }

    /// <summary>Keeps buckets in Redis, over a connection that is a service of the application, which keeps owning it, with its time-outs.</summary>
    /// <param name="options">The options.</param>
    /// <param name="multiplexer">Finds the connection among the application's services, once.</param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same options.</returns>
    public static SmartRateLimitOptions UseRedis(this SmartRateLimitOptions options, Func<IServiceProvider, IConnectionMultiplexer> multiplexer, Action<RedisBackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        return options.UseRedis(
            (services, _) => new GivenConnection(multiplexer(services) ?? throw new InvalidOperationException("The function that finds the connection to Redis returned null.")),
            configure);
    }

    private static SmartRateLimitOptions UseRedis(this SmartRateLimitOptions options, Func<IServiceProvider, RedisBackendOptions, IRedisConnection> connect, Action<RedisBackendOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new RedisBackendOptions { TimeProvider = options.TimeProvider };
        configure?.Invoke(settings);
        return options.AddBackend(settings.Name, services => Make(services, settings, made => connect(services, made)));
    }

    internal static OwnedConnection Connect(ConfigurationOptions configuration, RedisBackendOptions settings) =>
        new(ConnectionTarget.For(configuration, settings.Timeout), settings.Timeout);

    internal static RedisBackend Make(IServiceProvider services, RedisBackendOptions settings, Func<RedisBackendOptions, IRedisConnection> connect)
    {
        if (services.GetService<ILoggerFactory>() is { } loggers)
        {
            settings.Logger ??= loggers.CreateLogger<RedisBackend>();
        }

        if (services.GetService<IOptions<SmartRateLimitOptions>>() is { } shared)
        {
            settings.Share(shared.Value.KeyPrefix);
        }

        return new RedisBackend(connect(settings), settings);
    }
}
