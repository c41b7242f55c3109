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
    /// <param name="options">
    /// The settings, read once; <see langword="null"/> means the defaults. With a logger, settings of the server and of the
    /// connection are warned of under which limits are not what they seem.
    /// </param>
    /// <exception cref="ArgumentException">A setting is outside its range, or the circuit's signal uses the server that the circuit guards.</exception>
    public RedisBackend(IConnectionMultiplexer multiplexer, RedisBackendOptions? options = null)
        : this(new GivenConnection(multiplexer ?? throw new ArgumentNullException(nameof(multiplexer))), options ?? new RedisBackendOptions())
    {
    }

    internal RedisBackend(IRedisConnection connection, RedisBackendOptions options)
        : this(new RedisStore(connection, options.KeyPrefix, () => RedisScript.Shipped, IdleTime), options)
    {
        if (options.CircuitBreaker.Signal is RedisCircuitSignal signal && signal.Uses(connection.EndPoints))
        {
            connection.Dispose();
            throw new ArgumentException("The circuit's news go through a server that the circuit guards, which cannot carry them when it fails. Give CircuitBreaker.Signal another server.", nameof(options));
        }

        if (options.Logger is { } logger)
        {
            new ServerCheck(options.Timeout, logger).Start(connection);
        }
    }

    internal RedisBackend(RedisStore store, RedisBackendOptions options)
        : base(store, options) => _store = store;

    /// <summary>Lists the keys that a policy has buckets for now, by <c>SCAN</c> on every server that is connected: for diagnosis, not for deciding.</summary>
    /// <param name="policyName">The policy's name.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The keys, in no order, each once; keys of more than 256 UTF-8 bytes are listed folded.</returns>
    /// <exception cref="RateLimitBackendException">A server could not be asked.</exception>
    public IAsyncEnumerable<string> ListKeysAsync(string policyName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(policyName);
        return _store.ListKeysAsync(policyName, cancellationToken);
    }
}
