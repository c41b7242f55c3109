using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Weighs the admissions of the previous aligned window by the share of it that the sliding window still covers.</summary>
internal sealed class SlidingCounterMeter(Numbers numbers) : WindowMeter(numbers)
{
    // The window in which somebody asked last: what is counted since knows no earlier one.
    private BigInteger _window;

    public override Rational Spent(Instant now)
    {
        var start = WindowStart(now);
        var covered = Period - (Clock(now) - start);
        return new((Sum(start - Period, start) * covered / Period) + Sum(start, start + Period));
    }

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits) =>
        Exact.FirstTick(Clock(now) - Read(now) + (2 * Period), ticks => Spent(now.After(ticks)).Numerator <= permits);

    public override BigInteger? ResetAfter(Instant now)
    {
        var start = WindowStart(now);
        return Sum(start, start + Period) > 0 ? start + (2 * Period) - Read(now)
            : Sum(start - Period, start) > 0 ? start + Period - Read(now)
            : BigInteger.Zero;
    }

    protected override BigInteger Standstill => BigInteger.Max(_window, Events[^1].Time - (Events[^1].Time % Period));

    protected override BigInteger Read(Instant now) => now.Wall;

    protected override void Prune(Instant now)
    {
        var previous = WindowStart(now) - Period;
        Events.RemoveAll(e => e.Time < previous);
        _window = Events.Count == 0 ? BigInteger.Zero : previous + Period;
    }

    private BigInteger WindowStart(Instant now) => Clock(now) - (Clock(now) % Period);
}
