using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>A non-negative number of permits, exactly.</summary>
internal readonly record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    public Rational(BigInteger whole)
        : this(whole, BigInteger.One)
    {
    }

    public BigInteger Ceiling => Exact.CeilingDivide(Numerator, Denominator);
}
