namespace SmartRateLimit.Limiting;

/// <summary>How a group of requests calls backends: awaiting, or blocking with every task complete when it is returned.</summary>
internal interface IBackendCalls
{
    ValueTask<RateLimitDecision> Acquire(IRateLimitBackend backend, in RateLimitRequest request);

    ValueTask<RateLimitDecision> AcquireAll(IAtomicRateLimitBackend backend, ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions);

    ValueTask<RateLimitDecision> Peek(IRateLimitBackend backend, in RateLimitRequest request);

    ValueTask Refund(IRateLimitBackend backend, in RateLimitRequest request);
}

/// <summary>Calls that may complete later.</summary>
internal sealed class AsynchronousCalls(CancellationToken cancellationToken) : IBackendCalls
{
    public ValueTask<RateLimitDecision> Acquire(IRateLimitBackend backend, in RateLimitRequest request) =>
        backend.AcquireAsync(request.Policy, request.Key.Span, request.Cost, cancellationToken);

    public ValueTask<RateLimitDecision> AcquireAll(IAtomicRateLimitBackend backend, ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions) =>
        backend.AcquireAllAsync(requests, decisions, cancellationToken);

    public ValueTask<RateLimitDecision> Peek(IRateLimitBackend backend, in RateLimitRequest request) =>
        backend.PeekAsync(request.Policy, request.Key.Span, cancellationToken);

    // A caller who gave up must not lose what others could use.
    public ValueTask Refund(IRateLimitBackend backend, in RateLimitRequest request) =>
        backend.RefundAsync(request.Policy, request.Key.Span, request.Cost, CancellationToken.None);
}

/// <summary>Calls that have completed when they return.</summary>
internal sealed class BlockingCalls : IBackendCalls
{
    public static readonly BlockingCalls Instance = new();

    public ValueTask<RateLimitDecision> Acquire(IRateLimitBackend backend, in RateLimitRequest request) =>
        new(backend.Acquire(request.Policy, request.Key.Span, request.Cost));

    public ValueTask<RateLimitDecision> AcquireAll(IAtomicRateLimitBackend backend, ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions) =>
        new(backend.AcquireAll(requests, decisions));

    public ValueTask<RateLimitDecision> Peek(IRateLimitBackend backend, in RateLimitRequest request) =>
        new(backend.Peek(request.Policy, request.Key.Span));

    public ValueTask Refund(IRateLimitBackend backend, in RateLimitRequest request)
    {
        backend.Refund(request.Policy, request.Key.Span, request.Cost);
        return ValueTask.CompletedTask;
    }
}
