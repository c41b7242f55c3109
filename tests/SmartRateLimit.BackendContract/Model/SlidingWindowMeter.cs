using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Keeps every admission until it has left the window (now − period, now].</summary>
internal sealed class SlidingWindowMeter(Numbers numbers) : WindowMeter(numbers)
{
    public override Rational Spent(Instant now) => new(SpentAt(Clock(now)));

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits)
    {
        // Room only ever appears at the moment at which an admission leaves.
        var clock = Clock(now);
        return SpentAt(clock) <= permits
            ? BigInteger.Zero
            : Events.Select(e => e.Time + Period).First(leaves => leaves > clock && SpentAt(leaves) <= permits) - Read(now);
    }

    public override BigInteger? ResetAfter(Instant now) =>
        Events.Count == 0 ? BigInteger.Zero : BigInteger.Max(0, Events[^1].Time + Period - Read(now));

    protected override BigInteger Read(Instant now) => now.Monotonic;

    protected override void Prune(Instant now) => Events.RemoveAll(e => e.Time + Period <= Clock(now));

    private BigInteger SpentAt(BigInteger clock) => Sum(clock - Period + 1, clock + 1);
}
