namespace SmartRateLimit.Bridges;

/// <summary>One bucket of a limiter, asked as the base class library asks: no permits means "are there any?".</summary>
internal sealed class BridgedBucket(IRateLimiter limiter, RateLimitPolicy policy, string key)
{
    public RateLimitDecision Acquire(int permitCount) => Checked(permitCount, permitCount == 0 ? Peek() : limiter.Acquire(policy, key, permitCount));

    public async ValueTask<RateLimitDecision> AcquireAsync(int permitCount, CancellationToken cancellationToken) => Checked(permitCount, permitCount == 0
        ? await limiter.PeekAsync(policy, key, cancellationToken).ConfigureAwait(false)
        : await limiter.AcquireAsync(policy, key, permitCount, cancellationToken).ConfigureAwait(false));

    public RateLimitDecision Peek()
    {
        var pending = limiter.PeekAsync(policy, key);
        return pending.IsCompletedSuccessfully ? pending.Result : pending.AsTask().GetAwaiter().GetResult();
    }

    private static RateLimitDecision Checked(int permitCount, in RateLimitDecision decision) =>
        decision.Reason == RateLimitReason.CostExceedsLimit && permitCount > 0
            ? throw new ArgumentOutOfRangeException(nameof(permitCount), permitCount, "More permits were asked for than the limit ever has.")
            : decision;
}
