namespace SmartRateLimit.Redis.Tests.Contract;

/// <summary>Fails where a backend would let its fallback answer, which passes any contract without the store.</summary>
internal sealed class NeverDegraded(IAtomicRateLimitBackend backend) : IAtomicRateLimitBackend
{
    public string Name => backend.Name;

    public bool Supports(RateLimitPolicy policy, out string? reason) => backend.Supports(policy, out reason);

    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) =>
        Own(backend.Acquire(policy, key, cost));

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        OwnAsync(backend.AcquireAsync(policy, key, cost, cancellationToken));

    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions) =>
        Own(backend.AcquireAll(requests, decisions));

    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        OwnAsync(backend.AcquireAllAsync(requests, decisions, cancellationToken));

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        backend.RefundAsync(policy, key, cost, cancellationToken);

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        OwnAsync(backend.PeekAsync(policy, key, cancellationToken));

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        backend.ResetAsync(policy, key, cancellationToken);

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => backend.CheckHealthAsync(cancellationToken);

    private static RateLimitDecision Own(RateLimitDecision decision)
    {
        Assert.False(decision.IsDegraded, "A fallback answered in place of the store.");
        return decision;
    }

    private static async ValueTask<RateLimitDecision> OwnAsync(ValueTask<RateLimitDecision> decision) => Own(await decision);
}
