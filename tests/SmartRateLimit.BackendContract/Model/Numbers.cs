using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>What one rate of a policy says.</summary>
internal sealed record Numbers(RateLimitAlgorithm Algorithm, Rate Rate, long Capacity, long Initial, bool IsAligned)
{
    /// <summary>Whether spending flows back continuously instead of leaving with a window.</summary>
    public bool IsTank => Algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket;

    /// <summary>What a new bucket lacks.</summary>
    public Rational SpentWhenNew => new(new BigInteger(Capacity) - Initial);

    /// <summary>The rates of a policy; burst and initial permits belong to the first of those with the shortest period.</summary>
    public static IReadOnlyList<Numbers> Of(RateLimitPolicy policy)
    {
        var shortest = policy.Rates.MinBy(rate => rate.Period);
        var own = policy.Rates.IndexOf(shortest);
        return [.. policy.Rates.Select((rate, index) =>
        {
            var capacity = (index == own ? policy.Burst : null) ?? rate.Permits;
            var initial = (index == own ? policy.InitialPermits : null) ?? capacity;
            return new Numbers(policy.Algorithm, rate, capacity, initial, policy.AlignToClock);
        })];
    }

    /// <summary>Whether a meter of these numbers can go on counting for the others: a window only knows its length.</summary>
    public bool CanCountFor(Numbers other) =>
        this == other
        || (!IsTank && Algorithm == other.Algorithm && Rate.Period == other.Rate.Period && IsAligned == other.IsAligned);
}
