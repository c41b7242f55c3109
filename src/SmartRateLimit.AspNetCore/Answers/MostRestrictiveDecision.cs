namespace SmartRateLimit.AspNetCore;

/// <summary>Chooses, of the decisions that a client may see, the one that matters most to it.</summary>
internal static class MostRestrictiveDecision
{
    public static bool IsVisible(in RateLimitDecision decision) =>
        decision.Policy is { Shadow: false } && decision.Reason is not (RateLimitReason.Skipped or RateLimitReason.Shadowed);

    public static RateLimitDecision? Of(IReadOnlyList<RateLimitDecision> decisions)
    {
        RateLimitDecision? most = null;
        for (var i = 0; i < decisions.Count; i++)
        {
            var decision = decisions[i];
            if (IsVisible(decision) && (most is not { } other || IsMoreRestrictive(decision, other)))
            {
                most = decision;
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
