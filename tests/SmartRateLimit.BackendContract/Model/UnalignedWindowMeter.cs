using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Sums admissions in windows, each of which starts at the first admission after the one before has ended.</summary>
internal sealed class UnalignedWindowMeter(Numbers numbers) : WindowMeter(numbers)
{
    public override Rational Spent(Instant now) =>
        new(IsRunning(now) ? Sum(Events[0].Time, Events[0].Time + Period) : BigInteger.Zero);

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits) =>
        Spent(now).Numerator <= permits ? BigInteger.Zero : ResetAfter(now);

    public override BigInteger? ResetAfter(Instant now) =>
        IsRunning(now) ? Events[0].Time + Period - Read(now) : BigInteger.Zero;

    protected override BigInteger Standstill => Events[0].Time;

    protected override BigInteger Read(Instant now) => now.Monotonic;

    protected override void Prune(Instant now)
    {
        if (!IsRunning(now))
        {
            Events.Clear();
        }
    }

    private bool IsRunning(Instant now) => Events.Count > 0 && Read(now) < Events[0].Time + Period;
}
