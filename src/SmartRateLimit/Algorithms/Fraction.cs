using System.Numerics;

namespace SmartRateLimit.Algorithms;

/// <summary>An exact, non-negative number of permits, used when a key moves from one set of numbers to another.</summary>
internal readonly struct Fraction(BigInteger numerator, BigInteger denominator)
{
    /// <summary>A whole number of permits.</summary>
    public Fraction(long permits)
        : this(permits, BigInteger.One)
    {
    }

    /// <summary>The whole number of <c>1 / unitsPerPermit</c> parts, rounded up: rounding never gives permits back.</summary>
    public BigInteger InUnits(BigInteger unitsPerPermit) =>
        ((numerator * unitsPerPermit) + denominator - 1) / denominator;

    /// <summary>Whole permits, rounded up.</summary>
    public long Permits => (long)BigInteger.Min(InUnits(BigInteger.One), long.MaxValue);
}
