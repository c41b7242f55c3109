namespace SmartRateLimit.Backends;

/// <summary>One answer for several requests that were decided together.</summary>
internal static class CombinedDecision
{
    /// <summary>The rejection with the longest retry-after; without one, the admission with the least remaining and the longest delay.</summary>
    public static RateLimitDecision Of(ReadOnlySpan<RateLimitDecision> decisions)
    {
        var chosen = decisions[0];
        var delay = chosen.Delay;
        foreach (var decision in decisions[1..])
        {
            chosen = IsStricter(decision, chosen) ? decision : chosen;
            delay = decision.Delay > delay ? decision.Delay : delay;
        }

        return chosen.IsAllowed && chosen.Delay != delay ? chosen.WithDelay(delay.Ticks) : chosen;
    }

    private static bool IsStricter(in RateLimitDecision one, in RateLimitDecision other) =>
        one.IsAllowed != other.IsAllowed ? !one.IsAllowed
        : one.IsAllowed ? one.Remaining < other.Remaining
        : other.RetryAfter != Timeout.InfiniteTimeSpan && (one.RetryAfter == Timeout.InfiniteTimeSpan || one.RetryAfter > other.RetryAfter);
}
