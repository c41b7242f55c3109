namespace SmartRateLimit.AspNetCore;

/// <summary>Chooses, of the decisions that a client may see, the one that matters most to it.</summary>
internal static class MostRestrictiveDecision
{
    public static bool IsVisible(in RateLimitDecision decision) =>
        decision.Policy is { Shadow: false } && decision.Reason is not (RateLimitReason.Skipped or RateLimitReason.Shadowed);

    /// <returns>Its index; -1 when there is none.</returns>
    public static int Of(ReadOnlySpan<RateLimitDecision> decisions)
    {
        var most = -1;
        for (var i = 0; i < decisions.Length; i++)
        {
            if (IsVisible(decisions[i]) && (most < 0 || IsMoreRestrictive(decisions[i], decisions[most])))
            {
                most = i;
            }
        }

        return most;
    }

    private static bool IsMoreRestrictive(in RateLimitDecision decision, in RateLimitDecision other) => (decision.IsAllowed, other.IsAllowed) switch
    {
        (false, true) => true,
        (true, false) => false,
        (false, false) => Wait(decision) > Wait(other),
        _ => decision.Remaining < other.Remaining,
    };

    private static TimeSpan Wait(in RateLimitDecision decision) =>
        decision.RetryAfter == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : decision.RetryAfter;
}
