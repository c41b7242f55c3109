using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>What one rate of a policy says.</summary>
internal sealed record Numbers(RateLimitAlgorithm Algorithm, Rate Rate, long Capacity, long Initial, bool IsAligned, long Granule, long Step)
{
    /// <summary>Whether spending flows back continuously instead of leaving with a window.</summary>
    public bool IsTank => Algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket;

    /// <summary>What a new bucket lacks.</summary>
    public Rational SpentWhenNew => new(new BigInteger(Capacity) - Initial);

    /// <summary>
    /// Spending as a bucket can hold it: in the largest parts of a permit of which a step of its clock brings back a whole number,
    /// or in as many as a period has steps where such are given; rounded up so that a change of numbers never gives anything back.
    /// </summary>
    public Rational Hold(Rational spent)
    {
        var steps = Rate.Period.Ticks / (Step > 0 ? Step : Granule);
        var parts = Rate.Permits == 0 ? BigInteger.One : Step > 0 ? steps : steps / BigInteger.GreatestCommonDivisor(steps, Rate.Permits);
        return new Rational(Exact.CeilingDivide(spent.Numerator * parts, spent.Denominator), parts);
    }

    /// <summary>The rates of a policy; burst and initial permits belong to the first of those with the shortest period.</summary>
    public static IReadOnlyList<Numbers> Of(RateLimitPolicy policy, long granule, long step)
    {
        var shortest = policy.Rates.MinBy(rate => rate.Period);
        var own = policy.Rates.IndexOf(shortest);
        return [.. policy.Rates.Select((rate, index) =>
        {
            var capacity = (index == own ? policy.Burst : null) ?? rate.Permits;
            var initial = (index == own ? policy.InitialPermits : null) ?? capacity;
            return new Numbers(policy.Algorithm, rate, capacity, initial, policy.AlignToClock, granule, step);
        })];
    }

    /// <summary>Whether a meter of these numbers can go on counting for the others: a window only knows its length.</summary>
    public bool CanCountFor(Numbers other) =>
        this == other
        || (!IsTank && Algorithm == other.Algorithm && Rate.Period == other.Rate.Period && IsAligned == other.IsAligned);
}
