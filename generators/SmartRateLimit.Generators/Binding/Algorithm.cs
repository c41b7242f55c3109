namespace SmartRateLimit.Binding;

/// <summary>The runtime's <c>RateLimitAlgorithm</c>, by number: the compiler's process does not load the runtime.</summary>
internal enum Algorithm
{
    TokenBucket,
    LeakyBucket,
    FixedWindow,
    SlidingWindow,
    SlidingWindowCounter,
}

internal static class AlgorithmFacts
{
    public static bool IsBucket(this Algorithm algorithm) => algorithm is Algorithm.TokenBucket or Algorithm.LeakyBucket;
}
