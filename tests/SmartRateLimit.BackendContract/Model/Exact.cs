using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Integer arithmetic that the models share.</summary>
internal static class Exact
{
    /// <summary>The quotient of two non-negative numbers, rounded up.</summary>
    public static BigInteger CeilingDivide(BigInteger dividend, BigInteger divisor) => (dividend + divisor - 1) / divisor;

    /// <summary>The least tick up to <paramref name="bound"/> at which a condition holds that, once true, stays true.</summary>
    public static BigInteger? FirstTick(BigInteger bound, Func<BigInteger, bool> holds)
    {
        if (!holds(bound))
        {
            return null;
        }

        var (rejected, admitted) = (BigInteger.MinusOne, bound);
        while (admitted - rejected > 1)
        {
            var middle = (rejected + admitted) >> 1;
            (rejected, admitted) = holds(middle) ? (rejected, middle) : (middle, admitted);
        }

        return admitted;
    }
}
