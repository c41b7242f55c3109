using SmartRateLimit.Redis.Connections;
using SmartRateLimit.Redis.Keys;
using SmartRateLimit.Redis.Policies;
using SmartRateLimit.Redis.Scripts;

namespace SmartRateLimit.Redis;

/// <summary>Asks the script in Redis, one call for as many requests as are given.</summary>
internal sealed class RedisStore : IRateLimitStore, IDisposable
{
    private readonly IRedisConnection _connection;
    private readonly ScriptRunner _runner;
    private readonly ReplenishmentNews _news;
    private readonly string _prefix;
    private readonly long _idleMilliseconds;

    public RedisStore(IRedisConnection connection, string prefix, Func<RedisScript> script, TimeSpan idleTime)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        _connection = connection;
        _prefix = prefix;
        _idleMilliseconds = (long)idleTime.TotalMilliseconds;
        _runner = new ScriptRunner(connection, script);
        _news = new ReplenishmentNews(connection, prefix, Replenished);
    }

    public event EventHandler<BucketReplenishedEventArgs>? BucketReplenished;

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = StoredNumbers.Of(policy).Problem;
        return reason is null;
    }

    // Until the servers are known they may be a cluster's, whose calls must keep to one slot.
    public int Slot(RateLimitPolicy policy, ReadOnlySpan<char> key) => _connection.IsSingleSlot ? 0 : BucketKey.Tag(key);

    public async ValueTask AcquireAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        Read(await _runner.RunAsync(Call(requests.Span, isGroup: false), cancellationToken).ConfigureAwait(false), requests.Span, decisions.Span);

    public void Acquire(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions) =>
        Read(_runner.Run(Call(requests, isGroup: false)), requests, decisions);

    public async ValueTask AcquireAllAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        Read(await _runner.RunAsync(Call(requests.Span, isGroup: true), cancellationToken).ConfigureAwait(false), requests.Span, decisions.Span);

    public void AcquireAll(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions) =>
        Read(_runner.Run(Call(requests, isGroup: true)), requests, decisions);

    public async ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, long cost, CancellationToken cancellationToken)
    {
        var bucket = Bucket(policy, key.Span);
        await _runner.RunAsync(Call(policy, bucket, Operation.Refund, cost), cancellationToken).ConfigureAwait(false);
        _news.Tell(bucket);
    }

    public void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        var bucket = Bucket(policy, key);
        _ = _runner.Run(Call(policy, bucket, Operation.Refund, cost));
        _news.Tell(bucket);
    }

    public async ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken)
    {
        var reply = await _runner.RunAsync(Call(policy, Bucket(policy, key.Span), Operation.Peek, 1), cancellationToken).ConfigureAwait(false);
        return new ReplyReader(reply).Next(policy);
    }

    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key) =>
        new ReplyReader(_runner.Run(Call(policy, Bucket(policy, key), Operation.Peek, 1))).Next(policy);

    public async ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken)
    {
        var bucket = Bucket(policy, key.Span);
        await _runner.DeleteAsync(bucket, cancellationToken).ConfigureAwait(false);
        _news.Tell(bucket);
    }

    public IAsyncEnumerable<string> ListKeysAsync(string policyName, CancellationToken cancellationToken) =>
        new BucketListing(_connection, _prefix).ListAsync(policyName, cancellationToken);

    public void Dispose()
    {
        _news.Dispose();
        _connection.Dispose();
    }

    private static void Read(long[] reply, ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions)
    {
        var reader = new ReplyReader(reply);
        foreach (var request in requests)
        {
            reader.Read(request, decisions[..request.Count]);
            decisions = decisions[request.Count..];
        }
    }

    private ScriptCall Call(ReadOnlySpan<StoreRequest> requests, bool isGroup)
    {
        if (requests.Length == 1)
        {
            return ScriptCall.Of(Request(requests[0]), _idleMilliseconds);
        }

        var call = new ScriptCallBuilder(isGroup, _idleMilliseconds, requests.Length);
        foreach (ref readonly var request in requests)
        {
            call.Add(Request(request));
        }

        return call.Build();
    }

    private ScriptCall Call(RateLimitPolicy policy, string bucket, Operation operation, long cost) =>
        ScriptCall.Of(new ScriptRequest(policy, bucket, operation, cost), _idleMilliseconds);

    private ScriptRequest Request(in StoreRequest request) => new(
        request.Policy,
        Bucket(request.Policy, request.Key.Span),
        request.MayReserve ? Operation.Reserve : Operation.Take,
        request.Cost,
        request.Count);

    private string Bucket(RateLimitPolicy policy, ReadOnlySpan<char> key) => BucketKey.Format(_prefix, policy.Name, key);

    private void Replenished(string bucket)
    {
        if (BucketKey.TryParse(bucket, _prefix, out var policy, out var key))
        {
            BucketReplenished?.Invoke(this, new BucketReplenishedEventArgs(policy, key));
        }
    }
}
