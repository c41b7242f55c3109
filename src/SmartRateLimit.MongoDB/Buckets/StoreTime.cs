namespace SmartRateLimit.MongoDB.Buckets;

/// <summary>
/// A moment of the store's clock, which has milliseconds, as the algorithms of the core read it. Windows count from the
/// Unix epoch; buckets, of which only what is outstanding is stored, count from the moment itself, so that nothing overflows.
/// </summary>
internal readonly record struct StoreTime(long Milliseconds)
{
    /// <summary>Ticks in a step of the clock.</summary>
    public const long Step = TimeSpan.TicksPerMillisecond;

    public long For(RateLimitAlgorithm algorithm) =>
        algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket ? 0 : Milliseconds * Step;

    /// <summary>The moment, for a state that is one.</summary>
    public static long Since(long milliseconds) => milliseconds * Step;

    /// <summary>The way back.</summary>
    public static long ToMilliseconds(long ticks) => ticks / Step;

}
