namespace SmartRateLimit.Algorithms;

/// <summary>What one rate says to a request: yes, perhaps after a delay, or no, and when to come back.</summary>
/// <param name="IsAdmitted">Whether the rate admits it.</param>
/// <param name="Wait">Ticks until it may proceed when admitted, until the same request would be admitted when not.</param>
internal readonly record struct Verdict(bool IsAdmitted, long Wait)
{
    public static Verdict Admitted(long delay) => new(true, delay);

    public static Verdict Rejected(long retryAfter) => new(false, retryAfter);
}
