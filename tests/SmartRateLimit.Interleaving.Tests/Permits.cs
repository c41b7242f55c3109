namespace SmartRateLimit.Interleaving;

/// <summary>What is spent of the limits of two keys while time stands still, and what calls must have done to it.</summary>
internal readonly record struct Permits(long SpentOfA, long SpentOfB)
{
    public const long Limit = 20;

    /// <summary>What a request that was told so has charged.</summary>
    public static Func<Permits, Permits?> Acquired(string key, long cost, RateLimitDecision told) => before =>
        told.Remaining == Limit - before.Of(key) - (told.IsAllowed ? cost : 0) && told.IsAllowed == (before.Of(key) + cost <= Limit)
            ? before.With(key, before.Of(key) + (told.IsAllowed ? cost : 0))
            : null;

    /// <summary>What a request that was admitted has charged, where it may be told of less than is left: others share the state meanwhile.</summary>
    public static Func<Permits, Permits?> AdmittedWithNoMore(string key, long cost, RateLimitDecision told) => before =>
        told.IsAllowed && told.Remaining <= Limit - before.Of(key) - cost ? before.With(key, before.Of(key) + cost) : null;

    /// <summary>What a request did whose caller did not wait for the answer.</summary>
    public static Func<Permits, Permits?> GivenUp(string key, long cost) => before =>
        before.Of(key) + cost <= Limit ? before.With(key, before.Of(key) + cost) : before;

    /// <summary>What a request for both keys did.</summary>
    public static Func<Permits, Permits?> AcquiredTogether(long costOfA, long costOfB, bool isAllowed) => before =>
        isAllowed != (before.SpentOfA + costOfA <= Limit && before.SpentOfB + costOfB <= Limit) ? null
        : isAllowed ? new Permits(before.SpentOfA + costOfA, before.SpentOfB + costOfB)
        : before;

    public static Func<Permits, Permits?> Refunded(string key, long cost) => before => before.With(key, Math.Max(0, before.Of(key) - cost));

    public static Func<Permits, Permits?> Reset(string key) => before => before.With(key, 0);

    public static Func<Permits, Permits?> Peeked(string key, long remaining) => before => remaining == Limit - before.Of(key) ? before : null;

    private long Of(string key) => key == "a" ? SpentOfA : SpentOfB;

    private Permits With(string key, long spent) => key == "a" ? this with { SpentOfA = spent } : this with { SpentOfB = spent };
}
