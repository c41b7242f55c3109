using System.Globalization;
using System.Numerics;

namespace SmartRateLimit.MongoDB.Policies;

/// <summary>
/// One rate as pipelines count it: times in milliseconds, and what is outstanding of a bucket in the largest parts of a
/// permit of which a whole number comes back in each millisecond.
/// </summary>
internal sealed record RateNumbers
{
    /// <summary>The largest number that a pipeline may hold; sums of some of these stay exact in 64 bits.</summary>
    private const long Most = 1L << 60;

    /// <summary>The longest that a bucket is kept, a thousand years: no shorter than for ever.</summary>
    private const long LongestLife = 365_250L * 86_400_000;

    private readonly RateLimitPolicy _policy;

    public RateNumbers(RateLimitPolicy policy, Rate rate, long capacity, long initial)
    {
        _policy = policy;
        Rate = rate;
        Capacity = capacity;
        Initial = initial;
        Period = rate.Period.Ticks / TimeSpan.TicksPerMillisecond;
        var common = rate.Permits == 0 ? Period : (long)BigInteger.GreatestCommonDivisor(rate.Permits, Period);
        PartsPerPermit = Period / common;
        PartsPerMillisecond = rate.Permits / common;
        IsExact = IsBucket ? MostOutstanding + (2 * (BigInteger)PartsPerMillisecond) <= Most
            : policy.Algorithm == RateLimitAlgorithm.SlidingWindowCounter ? ((BigInteger)capacity + 1) * Period <= Most
            : capacity <= Most;
    }

    public Rate Rate { get; }

    /// <summary>The most permits that can be spent at once.</summary>
    public long Capacity { get; }

    /// <summary>Permits that a new bucket has.</summary>
    public long Initial { get; }

    /// <summary>In milliseconds.</summary>
    public long Period { get; }

    public long PartsPerPermit { get; }

    public long PartsPerMillisecond { get; }

    /// <summary>Whether no number of a pipeline can be larger than is exact.</summary>
    public bool IsExact { get; }

    /// <summary>Parts of a bucket of which everything is spent.</summary>
    public long Full => Capacity * PartsPerPermit;

    /// <summary>Parts that may be reserved besides, which come back within the longest wait.</summary>
    public long Reserve => (long)Reserved;

    /// <summary>The most parts that can be outstanding after a clock stepped back by no more than a period.</summary>
    public long MostParts => (long)MostOutstanding;

    /// <summary>Milliseconds in which any number of parts comes back; a clock may step back by as much before more is meaningless.</summary>
    public long LongestDrain => PartsPerMillisecond == 0 ? 0 : (MostParts / PartsPerMillisecond) + 1;

    /// <summary>Milliseconds after the last charge for which a bucket of parts is kept at least until it is as new.</summary>
    public long Life => PartsPerMillisecond == 0 ? LongestLife : Math.Min(LongestLife, LongestDrain);

    private bool IsBucket => _policy.Algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket;

    private BigInteger Reserved => (BigInteger)_policy.MaxWait.Ticks * PartsPerMillisecond / TimeSpan.TicksPerMillisecond;

    private BigInteger MostOutstanding => ((BigInteger)Capacity * PartsPerPermit) + Reserved + ((BigInteger)Period * PartsPerMillisecond);

    /// <summary>Why the numbers are refused.</summary>
    public string Problem => string.Create(
        CultureInfo.InvariantCulture,
        $"MongoDB counts in whole numbers of 64 bits, and at {Rate} with a capacity of {Capacity} and a MaxWait of {_policy.MaxWait} it would have to count beyond 2^60; {Advice}.");

    private string Advice => _policy.Algorithm switch
    {
        RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket =>
            "choose fewer permits, a smaller Burst or MaxWait, or permits that share more factors with the period in milliseconds",
        RateLimitAlgorithm.SlidingWindowCounter => "choose permits whose product with the period in milliseconds is smaller, or a FixedWindow",
        _ => "choose fewer permits",
    };
}
