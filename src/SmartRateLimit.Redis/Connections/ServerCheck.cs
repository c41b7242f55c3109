using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>Looks at a server once it is connected, and warns of settings under which limits are not what they seem.</summary>
internal sealed partial class ServerCheck(TimeSpan budget, ILogger logger)
{
    private int _warnedOfEviction;

    public void Start(IRedisConnection connection)
    {
        if (connection is GivenConnection { Current: { } multiplexer } && multiplexer.TimeoutMilliseconds > budget.TotalMilliseconds)
        {
            WarnOfTimeout(logger, multiplexer.TimeoutMilliseconds, budget.TotalMilliseconds);
        }

        connection.WhenConnected(current => _ = Task.Run(() => CheckAsync(current)));
    }

    private async Task CheckAsync(IConnectionMultiplexer multiplexer)
    {
        try
        {
            // The driver's own method wants a connection that may administer the server; one of a cluster speaks for all.
            var memory = await multiplexer.GetDatabase().ExecuteAsync("INFO", "memory").ConfigureAwait(false);
            if (memory.ToString()!.Contains("maxmemory_policy:allkeys", StringComparison.Ordinal) && Interlocked.Exchange(ref _warnedOfEviction, 1) == 0)
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
