using Microsoft.Extensions.Logging;
using SmartRateLimit.Redis.Connections;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Hosting;

/// <summary>Looks at a server once it is connected, and warns of settings under which limits are not what they seem.</summary>
internal static partial class ServerCheck
{
    public static void Start(IRedisConnection connection, RedisBackendOptions options, ILogger logger) =>
        connection.WhenConnected(multiplexer => _ = CheckAsync(multiplexer, connection is GivenConnection, options, logger));

    private static async Task CheckAsync(IConnectionMultiplexer multiplexer, bool isGiven, RedisBackendOptions options, ILogger logger)
    {
        if (isGiven && multiplexer.TimeoutMilliseconds > options.Timeout.TotalMilliseconds)
        {
            WarnOfTimeout(logger, multiplexer.TimeoutMilliseconds, options.Timeout.TotalMilliseconds);
        }

        try
        {
            // The driver's own method wants a connection that may administer the server; one of a cluster speaks for all.
            var memory = await multiplexer.GetDatabase().ExecuteAsync("INFO", "memory").ConfigureAwait(false);
            if (memory.ToString()!.Contains("maxmemory_policy:allkeys", StringComparison.Ordinal))
            {
                WarnOfEviction(logger, multiplexer.Configuration.Split(',')[0]);
            }
        }
        catch (Exception error) when (RedisFault.Is(error))
        {
            // What cannot be asked cannot be warned of; deciding does not depend on it.
            SkipCheck(logger, error);
        }
    }

    [LoggerMessage(101, LogLevel.Warning, "Redis at {EndPoint} evicts any key when its memory is full (maxmemory-policy allkeys-*): buckets may be forgotten early, which admits more than the limit. Use volatile-ttl or noeviction.")]
    private static partial void WarnOfEviction(ILogger logger, string endPoint);

    [LoggerMessage(102, LogLevel.Warning, "Synchronous calls may take {Multiplexer} ms, the timeout of the multiplexer that was handed in, and not the {Budget} ms of the backend.")]
    private static partial void WarnOfTimeout(ILogger logger, int multiplexer, double budget);

    [LoggerMessage(103, LogLevel.Debug, "A server of Redis could not be looked at.")]
    private static partial void SkipCheck(ILogger logger, Exception error);
}
