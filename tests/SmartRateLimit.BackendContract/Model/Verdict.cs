using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>What one rate says; a wait of <see langword="null"/> does not end.</summary>
internal readonly record struct Verdict(bool IsAdmitted, BigInteger? Wait)
{
    public static Verdict Never => new(false, null);

    public static Verdict Admitted(BigInteger? delay) => new(true, delay);

    public static Verdict Rejected(BigInteger? retryAfter) => new(false, retryAfter);
}

internal static class Waits
{
    public static bool IsNow(this BigInteger? wait) => wait is { IsZero: true };

    /// <summary>Whether the first wait is the longer one.</summary>
    public static bool Exceeds(this BigInteger? wait, BigInteger? other) => other is not null && (wait is null || wait > other);
}
