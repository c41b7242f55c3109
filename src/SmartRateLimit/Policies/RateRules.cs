using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Policies;

/// <summary>Works a policy's rates out into rules, and refuses what its properties cannot mean together.</summary>
internal static class RateRules
{
    public static RateRule[] For(RateLimitPolicy policy)
    {
        CheckBucketSettings(policy);
        CheckMaxWait(policy);
        CheckAlignment(policy);
        var shortest = Shortest(policy);
        var rules = new RateRule[policy.Rates.Length];
        for (var i = 0; i < rules.Length; i++)
        {
            rules[i] = For(policy, policy.Rates[i], ownsBurst: i == shortest);
        }

        return rules;
    }

    private static RateRule For(RateLimitPolicy policy, Rate rate, bool ownsBurst) => policy.Algorithm switch
    {
        RateLimitAlgorithm.FixedWindow => new RateRule<WindowCount>(new FixedWindow(rate.Permits, rate.Period.Ticks, policy.AlignToClock)),
        RateLimitAlgorithm.SlidingWindow => new RateRule<AdmissionLog>(new SlidingWindow(CheckLogLimit(policy, rate), rate.Period.Ticks)),
        RateLimitAlgorithm.SlidingWindowCounter => new RateRule<WindowPair>(new SlidingWindowCounter(rate.Permits, rate.Period.Ticks)),
        _ => CellRules.For(
            policy,
            rate,
            burst: (ownsBurst ? policy.Burst : null) ?? rate.Permits,
            initialPermits: ownsBurst ? policy.InitialPermits : null),
    };

    /// <summary>The rate to which burst and initial permits belong: the one with the shortest period, the first written of equals.</summary>
    private static int Shortest(RateLimitPolicy policy)
    {
        var shortest = 0;
        for (var i = 1; i < policy.Rates.Length; i++)
        {
            shortest = policy.Rates[i].Period < policy.Rates[shortest].Period ? i : shortest;
        }

        return shortest;
    }

    private static bool IsBucket(RateLimitPolicy policy) =>
        policy.Algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket;

    private static void CheckBucketSettings(RateLimitPolicy policy)
    {
        if (!IsBucket(policy) && (policy.Burst is not null || policy.InitialPermits is not null))
        {
            throw Contradiction(policy, $"Burst and InitialPermits belong to a token or leaky bucket, but Algorithm is {policy.Algorithm}; remove them or choose a bucket");
        }
    }

    private static void CheckMaxWait(RateLimitPolicy policy)
    {
        if (!IsBucket(policy) && policy.MaxWait > TimeSpan.Zero)
        {
            throw Contradiction(policy, $"MaxWait needs a token or leaky bucket, but Algorithm is {policy.Algorithm}; remove it or choose a bucket");
        }
    }

    private static void CheckAlignment(RateLimitPolicy policy)
    {
        if (!policy.AlignToClock && policy.Algorithm != RateLimitAlgorithm.FixedWindow)
        {
            throw Contradiction(policy, $"AlignToClock = false belongs to a fixed window, but Algorithm is {policy.Algorithm}");
        }
    }

    private static long CheckLogLimit(RateLimitPolicy policy, Rate rate) => rate.Permits <= SlidingWindow.MaxLimit
        ? rate.Permits
        : throw Contradiction(policy, $"a sliding window remembers every call and goes up to {SlidingWindow.MaxLimit} permits, but the rate is {rate}; use SlidingWindowCounter");

    /// <summary>The error for settings that exclude each other.</summary>
    internal static ArgumentException Contradiction(RateLimitPolicy policy, string what) =>
        new($"The policy \"{policy.Name}\" cannot be used: {what}.");
}
