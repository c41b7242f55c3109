using System.Diagnostics;
using SmartRateLimit.Backends;
using SmartRateLimit.Redis.Connections;
using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Redis.Policies;
using SmartRateLimit.Redis.Scripts;
using StackExchange.Redis;

namespace SmartRateLimit.Redis;

/// <summary>Keeps buckets in Redis, so that many nodes hold one limit: a single server, Sentinel or Cluster, from Redis 5 on.</summary>
public sealed class RedisBackend : IAtomicRateLimitBackend, IDisposable
{
    /// <summary>How long a bucket that is as new is kept: a clock that steps back a little must find what it left.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(1);

    private readonly IRedisConnection _connection;
    private readonly ScriptRunner _runner;
    private readonly string _prefix;
    private readonly long _idleMilliseconds;

    /// <summary>Creates a backend on a multiplexer that the caller keeps owning; its own timeouts bound synchronous calls.</summary>
    /// <param name="multiplexer">The connection.</param>
    /// <param name="options">The settings, read once; <see langword="null"/> means the defaults.</param>
    public RedisBackend(IConnectionMultiplexer multiplexer, RedisBackendOptions? options = null)
        : this(new GivenConnection(multiplexer), options ?? new RedisBackendOptions(), () => RedisScript.Shipped, IdleTime)
    {
    }

    internal RedisBackend(IRedisConnection connection, RedisBackendOptions options, Func<RedisScript> script, TimeSpan idleTime)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Name);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.KeyPrefix);
        _connection = connection;
        _runner = new ScriptRunner(connection, script);
        _prefix = options.KeyPrefix;
        _idleMilliseconds = (long)idleTime.TotalMilliseconds;
        Name = options.Name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(policy);
        reason = StoredNumbers.Of(policy).Problem;
        return reason is null;
    }

    /// <inheritdoc/>
    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) =>
        new ReplyReader(_runner.Run(Call(policy, key, Operation.Take, cost))).Next(policy, cost);

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        DecideAsync(policy, cost, Call(policy, key, Operation.Reserve, cost));

    /// <inheritdoc/>
    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        new(_runner.RunAsync(Call(policy, key, Operation.Refund, cost)));

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        DecideAsync(policy, 1, Call(policy, key, Operation.Peek, 1));

    /// <inheritdoc/>
    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        ResetAsync(BucketKey.Format(_prefix, policy.Name, key));

    /// <inheritdoc/>
    public async ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        var call = new ScriptCall(isGroup: true, _idleMilliseconds);
        foreach (var request in requests)
        {
            call.Add(request.Policy, BucketKey.Format(_prefix, request.Policy.Name, request.Key.Span), Operation.Take, request.Cost);
        }

        var reader = new ReplyReader(_runner.Run(call));
        for (var i = 0; i < requests.Length; i++)
        {
            decisions.Span[i] = reader.Next(requests[i].Policy, requests[i].Cost);
        }

        return CombinedDecision.Of(decisions.Span[..requests.Length]);
    }

    /// <inheritdoc/>
    public async ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await AcquireAsync(HealthCheck, RateLimitKey.Global, 0, cancellationToken).ConfigureAwait(false);
        return new BackendHealth(IsHealthy: true, Stopwatch.GetElapsedTime(started));
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static readonly RateLimitPolicy HealthCheck = RateLimitPolicy.Parse("SmartRateLimit.HealthCheck", "1/s");

    private ScriptCall Call(RateLimitPolicy policy, ReadOnlySpan<char> key, Operation operation, long cost)
    {
        var call = new ScriptCall(isGroup: false, _idleMilliseconds);
        call.Add(policy, BucketKey.Format(_prefix, policy.Name, key), operation, cost);
        return call;
    }

    private async ValueTask<RateLimitDecision> DecideAsync(RateLimitPolicy policy, long cost, ScriptCall call) =>
        new ReplyReader(await _runner.RunAsync(call).ConfigureAwait(false)).Next(policy, cost);

    private async ValueTask ResetAsync(string key)
    {
        var database = await _connection.DatabaseAsync().ConfigureAwait(false);
        await database.KeyDeleteAsync(key, CommandFlags.DemandMaster).ConfigureAwait(false);
    }
}
