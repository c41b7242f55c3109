using SmartRateLimit;
using SmartRateLimit.Redis;
using SmartRateLimit.Redis.Connections;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps buckets in Redis, as one of several backends.</summary>
public static class SmartRateLimitRedisMultiBackendExtensions
{
    /// <summary>Adds Redis over a connection of its own, as <c>UseRedis</c> makes it. Several need different names.</summary>
    /// <param name="builder">The list of backends.</param>
    /// <param name="configuration">Servers and settings as StackExchange.Redis reads them, such as <c>host:6379</c>.</param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same list.</returns>
    public static MultiBackendBuilder AddRedis(this MultiBackendBuilder builder, string configuration, Action<RedisBackendOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        var servers = ConfigurationOptions.Parse(configuration);
        return builder.AddRedis(settings => SmartRateLimitRedisExtensions.Connect(servers, settings), configure);
    }

    /// <summary>Adds Redis over a connection that the application keeps owning, with its time-outs. Several need different names.</summary>
    /// <param name="builder">The list of backends.</param>
    /// <param name="multiplexer">The connection.</param>
    /// <param name="configure">Sets the backend up.</param>
    /// <returns>The same list.</returns>
    public static MultiBackendBuilder AddRedis(this MultiBackendBuilder builder, IConnectionMultiplexer multiplexer, Action<RedisBackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        return builder.AddRedis(_ => new GivenConnection(multiplexer), configure);
    }

    private static MultiBackendBuilder AddRedis(this MultiBackendBuilder builder, Func<RedisBackendOptions, IRedisConnection> connect, Action<RedisBackendOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = new RedisBackendOptions { TimeProvider = builder.Options.TimeProvider };
        configure?.Invoke(settings);
        return builder.AddBackend(services => SmartRateLimitRedisExtensions.Make(services, settings, connect));
    }
}
