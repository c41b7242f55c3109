using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Sums admissions in windows aligned to the UTC epoch.</summary>
internal sealed class FixedWindowMeter(Numbers numbers) : WindowMeter(numbers)
{
    public override Rational Spent(Instant now) => new(Sum(WindowStart(now), WindowStart(now) + Period));

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits) =>
        Spent(now).Numerator <= permits ? BigInteger.Zero : ResetAfter(now);

    public override BigInteger? ResetAfter(Instant now) => WindowStart(now) + Period - Read(now);

    protected override BigInteger Standstill => Events[^1].Time - (Events[^1].Time % Period);

    protected override BigInteger Read(Instant now) => now.Wall;

    protected override void Prune(Instant now)
    {
        var start = WindowStart(now);
        Events.RemoveAll(e => e.Time < start);
    }

    private BigInteger WindowStart(Instant now) => Clock(now) - (Clock(now) % Period);
}
