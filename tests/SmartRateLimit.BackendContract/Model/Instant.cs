using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>One moment on both clocks, in ticks of 100 ns; the wall clock counts from the UTC epoch.</summary>
public readonly record struct Instant(BigInteger Monotonic, BigInteger Wall)
{
    public static Instant Of(TimeProvider time) =>
        new(time.GetTimestamp(), time.GetUtcNow().Ticks - DateTimeOffset.UnixEpoch.Ticks);

    /// <summary>The moment after a wait in which both clocks run.</summary>
    public Instant After(BigInteger ticks) => new(Monotonic + ticks, Wall + ticks);
}
