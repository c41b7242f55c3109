using SmartRateLimit;

namespace QuickStart;

/// <summary>A limiter that lets somebody watch: it asks another one and passes each decision on.</summary>
internal sealed class ObservedLimiter(IRateLimiter inner, Action<RateLimitPolicy, RateLimitDecision> observe) : IRateLimiter
{
    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1)
    {
        var decision = inner.Acquire(policy, key, cost);
        observe(policy, decision);
        return decision;
    }

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1, CancellationToken cancellationToken = default) =>
        Observe(policy, inner.AcquireAsync(policy, key, cost, cancellationToken));

    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default, CancellationToken cancellationToken = default) =>
        Observe(requests[0].Policy, inner.AcquireAllAsync(requests, decisions, cancellationToken));

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default) =>
        inner.PeekAsync(policy, key, cancellationToken);

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default) =>
        inner.ResetAsync(policy, key, cancellationToken);

    private async ValueTask<RateLimitDecision> Observe(RateLimitPolicy policy, ValueTask<RateLimitDecision> pending)
    {
        var decision = await pending;
        observe(policy, decision);
        return decision;
    }
}
