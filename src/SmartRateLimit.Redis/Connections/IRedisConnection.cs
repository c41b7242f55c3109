using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>The way to the store: a multiplexer that was handed in, or one of our own.</summary>
internal interface IRedisConnection : IDisposable
{
    /// <summary>The multiplexer, once there is one.</summary>
    ValueTask<IConnectionMultiplexer> MultiplexerAsync();

    /// <summary>The database, once there is a connection to it.</summary>
    ValueTask<IDatabase> DatabaseAsync();

    /// <summary>The same, blocking.</summary>
    IDatabase Database();
}
