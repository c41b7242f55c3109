using SmartRateLimit.Keys;

namespace SmartRateLimit.Limiting;

/// <summary>What one table made of one policy.</summary>
internal sealed class PolicyResolution(PolicyTable table, RateLimitPolicy policy, IRateLimitBackend store)
{
    public PolicyTable Table { get; } = table;

    /// <summary>The policy in force.</summary>
    public RateLimitPolicy Policy { get; } = policy;

    /// <summary>The backend that keeps the buckets.</summary>
    public IRateLimitBackend Store { get; } = store;

    /// <summary>The backend that decides: the store, unless limiting is switched off.</summary>
    public IRateLimitBackend Backend { get; } = table.Settings.IsEnabled ? store : SkippingBackend.Instance;

    public RateLimitDecision Acquire(ReadOnlySpan<char> key, long cost)
    {
        if (!KeyFolding.IsNeeded(key))
        {
            return Backend.Acquire(Policy, key, cost);
        }

        Span<char> folded = stackalloc char[KeyFolding.FoldedLength];
        KeyFolding.Fold(key, folded);
        return Backend.Acquire(Policy, folded, cost);
    }

    public ValueTask<RateLimitDecision> AcquireAsync(ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        if (!KeyFolding.IsNeeded(key))
        {
            return Backend.AcquireAsync(Policy, key, cost, cancellationToken);
        }

        Span<char> folded = stackalloc char[KeyFolding.FoldedLength];
        KeyFolding.Fold(key, folded);
        return Backend.AcquireAsync(Policy, folded, cost, cancellationToken);
    }

    /// <summary>The decision as the caller gets it: a policy that only observes neither rejects nor delays anybody.</summary>
    public RateLimitDecision InForce(in RateLimitDecision decision) =>
        !Policy.Shadow ? decision
        : decision.IsAllowed ? decision.WithDelay(0)
        : decision.Shadowed();
}
