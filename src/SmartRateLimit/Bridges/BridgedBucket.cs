namespace SmartRateLimit.Bridges;

/// <summary>One bucket of a limiter, asked as the base class library asks: no permits means "are there any?".</summary>
internal sealed class BridgedBucket(IRateLimiter limiter, RateLimitPolicy policy, string key)
{
    public RateLimitDecision Acquire(int permits) => Checked(permits, permits == 0 ? Peek() : limiter.Acquire(policy, key, permits));

    public async ValueTask<RateLimitDecision> AcquireAsync(int permits, CancellationToken cancellationToken) => Checked(permits, permits == 0
        ? await limiter.PeekAsync(policy, key, cancellationToken).ConfigureAwait(false)
        : await limiter.AcquireAsync(policy, key, permits, cancellationToken).ConfigureAwait(false));

    public RateLimitDecision Peek()
    {
        var pending = limiter.PeekAsync(policy, key);
        return pending.IsCompletedSuccessfully ? pending.Result : pending.AsTask().GetAwaiter().GetResult();
    }

    private static RateLimitDecision Checked(int permits, in RateLimitDecision decision) =>
        decision.Reason == RateLimitReason.CostExceedsLimit && permits > 0
            ? throw new ArgumentOutOfRangeException(nameof(permits), permits, "More permits were asked for than the limit ever has.")
            : decision;
}
