using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>One rate of one bucket: what was admitted and when, and what follows from it by the algorithm's definition.</summary>
internal abstract class Meter(Numbers numbers)
{
    /// <summary>The numbers under which admissions are remembered.</summary>
    public Numbers Numbers { get; } = numbers;

    /// <summary>The period in ticks.</summary>
    protected BigInteger Period { get; } = numbers.Rate.Period.Ticks;

    /// <summary>Permits that were taken and have not come back.</summary>
    public abstract Rational Spent(Instant now);

    /// <summary>Ticks until at most so many permits are spent if nobody else comes; <see langword="null"/> means never.</summary>
    public abstract BigInteger? SpentAtMostAfter(Instant now, BigInteger permits);

    /// <summary>Ticks until the meter is as new, or until its window ends; <see langword="null"/> means never.</summary>
    public abstract BigInteger? ResetAfter(Instant now);

    public abstract void Charge(Instant now, BigInteger cost);

    /// <summary>Takes back a cost that was charged at this very moment.</summary>
    public abstract void Refund(Instant now, BigInteger cost);

    /// <summary>Looks at the clock: one that stands far before the newest admission makes everything count as spent now.</summary>
    public virtual void Witness(Instant now, BigInteger capacity)
    {
    }

    /// <summary>A meter that remembers nothing but what is spent already.</summary>
    public static Meter Create(Numbers numbers, Instant now, Rational spent)
    {
        Meter meter = numbers.Algorithm switch
        {
            RateLimitAlgorithm.TokenBucket => new TokenBucketMeter(numbers, now, spent),
            RateLimitAlgorithm.LeakyBucket => new LeakyBucketMeter(numbers, now, spent),
            RateLimitAlgorithm.FixedWindow when numbers.IsAligned => new FixedWindowMeter(numbers),
            RateLimitAlgorithm.FixedWindow => new UnalignedWindowMeter(numbers),
            RateLimitAlgorithm.SlidingWindow => new SlidingWindowMeter(numbers),
            RateLimitAlgorithm.SlidingWindowCounter => new SlidingCounterMeter(numbers),
            _ => throw new ArgumentOutOfRangeException(nameof(numbers)),
        };

        if (!numbers.IsTank)
        {
            meter.Charge(now, spent.Ceiling);
        }

        return meter;
    }
}
