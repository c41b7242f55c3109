using SmartRateLimit.Redis.Connections;
using SmartRateLimit.Redis.Scripts;
using StackExchange.Redis;

namespace SmartRateLimit.Redis;

/// <summary>Keeps buckets in Redis, so that many nodes hold one limit: a single server, Sentinel or Cluster, from Redis 5 on.</summary>
public sealed class RedisBackend : RemoteBackend
{
    /// <summary>How long a bucket that is as new is kept: a clock that steps back a little must find what it left.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(1);

    private readonly RedisStore _store;

    /// <summary>Creates a backend on a multiplexer that the caller keeps owning; its own timeouts bound synchronous calls.</summary>
    /// <param name="multiplexer">The connection.</param>
    /// <param name="options">The settings, read once; <see langword="null"/> means the defaults.</param>
    public RedisBackend(IConnectionMultiplexer multiplexer, RedisBackendOptions? options = null)
        : this(new GivenConnection(multiplexer), options ?? new RedisBackendOptions())
    {
    }

    internal RedisBackend(IRedisConnection connection, RedisBackendOptions options)
        : this(new RedisStore(connection, options.KeyPrefix, () => RedisScript.Shipped, IdleTime), options)
    {
    }

    internal RedisBackend(RedisStore store, RedisBackendOptions options)
        : base(store, options) => _store = store;

    /// <summary>Lists the keys that a policy has buckets for now, by <c>SCAN</c> on every server: for diagnosis, not for deciding.</summary>
    /// <param name="policyName">The policy's name.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The keys, in no order, each once.</returns>
    public IAsyncEnumerable<string> ListKeysAsync(string policyName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(policyName);
        return _store.ListKeysAsync(policyName, cancellationToken);
    }
}
