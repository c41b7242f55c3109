namespace SmartRateLimit;

/// <summary>How a rate is measured.</summary>
public enum RateLimitAlgorithm
{
    /// <summary>
    /// Admits while tokens last and refills continuously; a burst of up to the capacity passes at once. Decided as GCRA,
    /// the generic cell rate algorithm of ITU-T I.371.
    /// </summary>
    TokenBucket,

    /// <summary>
    /// Queues: admits with a delay that spaces the calls evenly, while the queue has room. Awaitable calls only.
    /// The leaky bucket as a queue (Turner, 1986).
    /// </summary>
    LeakyBucket,

    /// <summary>Counts in consecutive windows, aligned to UTC or starting at the first request. Up to twice the limit can pass around a seam.</summary>
    FixedWindow,

    /// <summary>Remembers each admitted call of the last period: never more than the limit in any window. Limits up to 10000.</summary>
    SlidingWindow,

    /// <summary>Weighs the previous window's count by its overlap with the sliding one: two numbers a key, approximate, at most twice the limit in a period.</summary>
    SlidingWindowCounter,
}
