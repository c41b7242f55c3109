using SmartRateLimit.MongoDB.Buckets;
using SmartRateLimit.MongoDB.Calls;
using SmartRateLimit.MongoDB.Policies;

namespace SmartRateLimit.MongoDB;

/// <summary>
/// Keeps each bucket in a document of its own. Requests for one bucket share a command; those for several, which seldom
/// meet in one slot, take one each at the same time.
/// </summary>
internal sealed class MongoStore : IRateLimitStore, IDisposable
{
    private readonly IBucketCollection _buckets;
    private readonly string _prefix;
    private readonly long _grace;

    /// <param name="buckets">The documents, which this store disposes.</param>
    /// <param name="prefix">What the ids of this application's buckets begin with.</param>
    /// <param name="grace">How long a bucket is kept that is as new: a clock that steps back a little must find what it left.</param>
    public MongoStore(IBucketCollection buckets, string prefix, TimeSpan grace)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        _buckets = buckets;
        _prefix = prefix;
        _grace = (long)grace.TotalMilliseconds;
    }

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = StoredNumbers.Of(policy).Problem;
        return reason is null;
    }

    public int Slot(RateLimitPolicy policy, ReadOnlySpan<char> key) => BucketName.Slot(policy.Name, key);

    public async ValueTask AcquireAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        if (requests.Length == 1)
        {
            await RunAsync(Calls(requests.Span[0]).Take([requests.Span[0]], isGroup: false, decisions), cancellationToken).ConfigureAwait(false);
            return;
        }

        var parts = CallPart.Of(requests.Span);
        var buckets = parts.GroupBy(part => part.Bucket).Select(bucket => AcquireInTurnAsync(bucket, decisions, cancellationToken));
        await Task.WhenAll(buckets).ConfigureAwait(false);
    }

    public void Acquire(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions)
    {
        foreach (var part in CallPart.Of(requests))
        {
            var own = new RateLimitDecision[part.Callers];
            Run(Calls(part.Requests[0]).Take(part.Requests, isGroup: false, own));
            part.Spread(own, decisions);
        }
    }

    public async ValueTask AcquireAllAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        await RunAsync(new GroupCalls(CallPart.Of(requests.Span), Calls).Take(decisions), cancellationToken).ConfigureAwait(false);

    public void AcquireAll(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions)
    {
        var own = new RateLimitDecision[requests.Length];
        Run(new GroupCalls(CallPart.Of(requests), Calls).Take(own));
        own.CopyTo(decisions);
    }

    public async ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, long cost, CancellationToken cancellationToken) =>
        await RunAsync(Calls(policy, key.Span).Refund(cost), cancellationToken).ConfigureAwait(false);

    public void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => Run(Calls(policy, key).Refund(cost));

    public async ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken)
    {
        RateLimitDecision decision = default;
        await RunAsync(Calls(policy, key.Span).Peek(found => decision = found), cancellationToken).ConfigureAwait(false);
        return decision;
    }

    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        RateLimitDecision decision = default;
        Run(Calls(policy, key).Peek(found => decision = found));
        return decision;
    }

    public async ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken) =>
        await _buckets.RunAsync(new DeleteCommand(Bucket(policy, key.Span)), cancellationToken).ConfigureAwait(false);

    public void Dispose() => _buckets.Dispose();

    private async Task AcquireInTurnAsync(IEnumerable<CallPart> parts, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            var own = new RateLimitDecision[part.Callers];
            await RunAsync(Calls(part.Requests[0]).Take(part.Requests, isGroup: false, own), cancellationToken).ConfigureAwait(false);
            part.Spread(own, decisions.Span);
        }
    }

    private async Task RunAsync(IEnumerable<Command> commands, CancellationToken cancellationToken)
    {
        foreach (var command in commands)
        {
            await _buckets.RunAsync(command, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Run(IEnumerable<Command> commands)
    {
        foreach (var command in commands)
        {
            _buckets.Run(command);
        }
    }

    private BucketCalls Calls(StoreRequest request) => Calls(request.Policy, request.Key.Span);

    private BucketCalls Calls(RateLimitPolicy policy, ReadOnlySpan<char> key) => new(policy, Bucket(policy, key), _grace);

    private string Bucket(RateLimitPolicy policy, ReadOnlySpan<char> key) => BucketName.Format(_prefix, policy.Name, key);
}
