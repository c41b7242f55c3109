namespace SmartRateLimit.Algorithms;

/// <summary>Divides by one number again and again: a multiplication by its reciprocal, which is several times faster.</summary>
/// <param name="divisor">At least 0; a quotient by 0 is never asked for.</param>
internal readonly struct Divisor(long divisor)
{
    private readonly ulong _divisor = (ulong)divisor;
    private readonly ulong _reciprocal = divisor <= 1 ? 0 : ulong.MaxValue / (ulong)divisor;

    public long Value => (long)_divisor;

    /// <summary>A quotient of numbers that are not negative, rounded up.</summary>
    public long DivideUp(long value)
    {
        var quotient = Divide(value, out var rest);
        return quotient + (rest > 0 ? 1 : 0);
    }

    /// <summary>A quotient of numbers that are not negative, rounded down.</summary>
    public long Divide(long value) => Divide(value, out _);

    private long Divide(long value, out ulong rest)
    {
        if (_reciprocal == 0)
        {
            rest = 0;
            return value;
        }

        // The product is at most two below the quotient, because the reciprocal is less than one part too small.
        var quotient = Math.BigMul((ulong)value, _reciprocal, out _);
        rest = (ulong)value - (quotient * _divisor);
        while (rest >= _divisor)
        {
            quotient++;
            rest -= _divisor;
        }

        return (long)quotient;
    }
}
