using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Weighs the admissions of the previous aligned window by the share of it that the sliding window still covers.</summary>
internal sealed class SlidingCounterMeter(Numbers numbers) : Meter(numbers)
{
    private readonly List<Event> _events = [];

    public override Rational Spent(Instant now)
    {
        var start = WindowStart(now);
        var covered = Period - (now.Wall - start);
        return new((Sum(start - Period) * covered / Period) + Sum(start));
    }

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits) =>
        Exact.FirstTick(2 * Period, ticks => Spent(now.After(ticks)).Numerator <= permits);

    public override BigInteger? ResetAfter(Instant now)
    {
        var start = WindowStart(now);
        return Sum(start) > 0 ? start + (2 * Period) - now.Wall
            : Sum(start - Period) > 0 ? start + Period - now.Wall
            : BigInteger.Zero;
    }

    public override void Charge(Instant now, BigInteger cost)
    {
        if (cost > 0)
        {
            var previous = WindowStart(now) - Period;
            _events.RemoveAll(e => e.Time < previous);
            _events.Add(new Event(now.Wall, cost));
        }
    }

    public override void Refund(Instant now, BigInteger cost) => _events.Remove(new Event(now.Wall, cost));

    private BigInteger WindowStart(Instant now) => now.Wall - (now.Wall % Period);

    /// <summary>What was admitted in the window that starts there.</summary>
    private BigInteger Sum(BigInteger start) =>
        _events.Where(e => e.Time >= start && e.Time < start + Period).Aggregate(BigInteger.Zero, (sum, e) => sum + e.Cost);
}
