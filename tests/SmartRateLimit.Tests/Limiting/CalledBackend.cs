namespace SmartRateLimit.Tests.Limiting;

/// <summary>The ways that generated code takes, by what a key is made of.</summary>
public enum Way
{
    /// <summary>One text.</summary>
    Part,

    /// <summary>A text and a number.</summary>
    Pair,

    /// <summary>Anything else, which is written first.</summary>
    Key,
}

/// <summary>
/// A backend in memory that is asked as generated code asks: what is admitted at once has no decision, so the one that is
/// told is that of a cost of zero behind it.
/// </summary>
internal sealed class CalledBackend(Way way, MemoryBackend memory, TimeProvider time) : IAtomicRateLimitBackend
{
    // Long enough for the key not to be one block, which is written; short enough to be hashed unwritten.
    private const int Number = 123_456;

    private readonly SmartRateLimiter _limiter = new(memory, time);

    public string Name => memory.Name;

    public bool Supports(RateLimitPolicy policy, out string? reason) => memory.Supports(policy, out reason);

    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        if (policy.Algorithm == RateLimitAlgorithm.LeakyBucket)
        {
            // No method that cannot wait has one.
            return memory.Acquire(policy, Text(key), cost);
        }

        return TryAcquire(policy, key, cost, out var rejection) ? _limiter.Acquire(policy, Text(key), 0) : rejection;
    }

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        if (policy.Algorithm == RateLimitAlgorithm.LeakyBucket || policy.MaxWait > TimeSpan.Zero)
        {
            // Generated code would wait, on a clock that stands still until the answer is there.
            return memory.AcquireAsync(policy, Text(key), cost, cancellationToken);
        }

        return TryAdmit(policy, key, cost, cancellationToken, out var decision) ? new(_limiter.Acquire(policy, Text(key), 0)) : decision;
    }

    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions) =>
        memory.AcquireAll(Written(requests), decisions);

    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        memory.AcquireAllAsync(Written(requests), decisions, cancellationToken);

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        memory.RefundAsync(policy, Text(key), cost, cancellationToken);

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        memory.PeekAsync(policy, Text(key), cancellationToken);

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        memory.ResetAsync(policy, Text(key), cancellationToken);

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => memory.CheckHealthAsync(cancellationToken);

    private bool TryAcquire(RateLimitPolicy policy, ReadOnlySpan<char> part, long cost, out RateLimitDecision rejection)
    {
        switch (way)
        {
            case Way.Part:
                return RateLimitedCall.TryAcquirePart(_limiter, policy, part.ToString(), cost, out rejection);
            case Way.Pair:
                return RateLimitedCall.TryAcquirePair(_limiter, policy, part.ToString(), Number, cost, out rejection);
            default:
                var key = new RateLimitKeyBuilder(stackalloc char[64]);
                Write(part, ref key);
                return RateLimitedCall.TryAcquire(_limiter, policy, ref key, cost, out rejection);
        }
    }

    private bool TryAdmit(RateLimitPolicy policy, ReadOnlySpan<char> part, long cost, CancellationToken cancellationToken, out ValueTask<RateLimitDecision> decision)
    {
        switch (way)
        {
            case Way.Part:
                return RateLimitedCall.TryAdmitPart(_limiter, policy, part.ToString(), cost, cancellationToken, out decision);
            case Way.Pair:
                return RateLimitedCall.TryAdmitPair(_limiter, policy, part.ToString(), Number, cost, cancellationToken, out decision);
            default:
                var key = new RateLimitKeyBuilder(stackalloc char[64]);
                Write(part, ref key);
                return RateLimitedCall.TryAdmit(_limiter, policy, ref key, cost, cancellationToken, out decision);
        }
    }

    private RateLimitRequest[] Written(ReadOnlySpan<RateLimitRequest> requests)
    {
        var written = new RateLimitRequest[requests.Length];
        for (var i = 0; i < written.Length; i++)
        {
            written[i] = new RateLimitRequest(requests[i].Policy, Text(requests[i].Key.Span).AsMemory(), requests[i].Cost);
        }

        return written;
    }

    private string Text(ReadOnlySpan<char> part)
    {
        var key = new RateLimitKeyBuilder(stackalloc char[64]);
        Write(part, ref key);
        var text = key.ToString();
        key.Dispose();
        return text;
    }

    private void Write(scoped ReadOnlySpan<char> part, scoped ref RateLimitKeyBuilder key)
    {
        key.Add(part);
        if (way == Way.Pair)
        {
            key.Add(Number);
        }
    }
}
