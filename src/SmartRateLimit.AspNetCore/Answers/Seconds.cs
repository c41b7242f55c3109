namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Times as headers and bodies tell them: whole seconds, rounded up.</summary>
internal static class Seconds
{
    /// <summary>Whole seconds, or <see langword="null"/> for a time that never comes.</summary>
    public static long? Of(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan ? null : (time.Ticks / TimeSpan.TicksPerSecond) + (time.Ticks % TimeSpan.TicksPerSecond > 0 ? 1 : 0);

    /// <summary>Until a rejected request may come again, at least 1.</summary>
    public static long? Retry(in RateLimitDecision decision) => Of(decision.RetryAfter) is { } seconds ? Math.Max(1, seconds) : null;

    /// <summary>
    /// Until there is more to spend: for a rejected request when it would be admitted, so that nobody is told to come
    /// back earlier than that, else when the bucket is untouched again.
    /// </summary>
    public static long? Reset(in RateLimitDecision decision) => decision.IsAllowed ? Of(decision.ResetAfter) : Retry(decision);
}
