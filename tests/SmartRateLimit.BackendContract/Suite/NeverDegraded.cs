namespace SmartRateLimit.Contract;

/// <summary>Fails where a backend would let its fallback answer, which passes any contract without the store.</summary>
public sealed class NeverDegraded : IAtomicRateLimitBackend
{
    private readonly RemoteBackend _backend;
    private volatile Exception? _failure;

    /// <param name="backend">The backend, whose circuit opens at the first failure.</param>
    public NeverDegraded(RemoteBackend backend)
    {
        _backend = backend;
        backend.CircuitStateChanged += (_, change) => _failure = change.Failure ?? _failure;
    }

    public string Name => _backend.Name;

    public bool Supports(RateLimitPolicy policy, out string? reason) => _backend.Supports(policy, out reason);

    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) =>
        Own(_backend.Acquire(policy, key, cost));

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        OwnAsync(_backend.AcquireAsync(policy, key, cost, cancellationToken));

    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions) =>
        Own(_backend.AcquireAll(requests, decisions));

    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        OwnAsync(_backend.AcquireAllAsync(requests, decisions, cancellationToken));

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        _backend.RefundAsync(policy, key, cost, cancellationToken);

    public void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => _backend.Refund(policy, key, cost);

    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key) => Own(_backend.Peek(policy, key));

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        OwnAsync(_backend.PeekAsync(policy, key, cancellationToken));

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        _backend.ResetAsync(policy, key, cancellationToken);

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => _backend.CheckHealthAsync(cancellationToken);

    private RateLimitDecision Own(RateLimitDecision decision)
    {
        Assert.False(decision.IsDegraded, $"A fallback answered in place of the store: {_failure}");
        return decision;
    }

    private async ValueTask<RateLimitDecision> OwnAsync(ValueTask<RateLimitDecision> decision) => Own(await decision);
}
