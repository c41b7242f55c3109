using System.Net;
using StackExchange.Redis;

namespace SmartRateLimit.Redis.Connections;

/// <summary>The way to the store: a multiplexer that was handed in, or one of our own.</summary>
internal interface IRedisConnection : IDisposable
{
    /// <summary>Where the connection goes, as it was configured.</summary>
    IEnumerable<EndPoint> EndPoints { get; }

    /// <summary>The multiplexer in use; <see langword="null"/> before there is one.</summary>
    IConnectionMultiplexer? Current { get; }

    /// <summary>Whether one call may touch any keys: the servers are known and no cluster.</summary>
    bool IsSingleSlot { get; }

    /// <summary>
    /// Where decisions are asked for. A cluster's servers say themselves who is the master of a slot, and the driver goes
    /// there; demanding what the driver holds for a master would keep calls from one that was just elected. Elsewhere a
    /// replica would answer with what it has.
    /// </summary>
    CommandFlags Route { get; }

    /// <summary>Calls back with each multiplexer that comes into use.</summary>
    void WhenConnected(Action<IConnectionMultiplexer> callback);

    /// <summary>The multiplexer, once there is one.</summary>
    ValueTask<IConnectionMultiplexer> MultiplexerAsync(CancellationToken cancellationToken);

    /// <summary>The database, once there is a connection to it.</summary>
    ValueTask<IDatabase> DatabaseAsync(CancellationToken cancellationToken);

    /// <summary>The same, blocking for a while.</summary>
    IDatabase Database();

    /// <summary>Says that a call failed.</summary>
    /// <returns>What that means for its requests.</returns>
    RateLimitBackendException Report(Exception error);

    /// <summary>Has a call's patience watched: when it is over before the reply came, that may be the connection's fault.</summary>
    /// <returns>What ends the watch.</returns>
    CancellationTokenRegistration Suspect(CancellationToken patience);

    /// <summary>Says that a call succeeded.</summary>
    void Trust();
}
