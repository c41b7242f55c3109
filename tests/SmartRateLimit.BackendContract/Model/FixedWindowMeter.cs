using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Sums admissions in windows aligned to the UTC epoch.</summary>
internal sealed class FixedWindowMeter(Numbers numbers) : Meter(numbers)
{
    private readonly List<Event> _events = [];

    public override Rational Spent(Instant now)
    {
        var start = WindowStart(now);
        return new(_events.Where(e => e.Time >= start && e.Time < start + Period).Aggregate(BigInteger.Zero, (sum, e) => sum + e.Cost));
    }

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits) =>
        Spent(now).Ceiling <= permits ? BigInteger.Zero : ResetAfter(now);

    public override BigInteger? ResetAfter(Instant now) => WindowStart(now) + Period - now.Wall;

    public override void Charge(Instant now, BigInteger cost)
    {
        if (cost > 0)
        {
            var start = WindowStart(now);
            _events.RemoveAll(e => e.Time < start);
            _events.Add(new Event(Clock(now), cost));
        }
    }

    public override void Refund(Instant now, BigInteger cost) => _events.Remove(new Event(Clock(now), cost));

    private BigInteger WindowStart(Instant now) => Clock(now) - (Clock(now) % Period);

    private BigInteger Clock(Instant now) => _events.Count == 0 ? now.Wall : BigInteger.Max(now.Wall, _events[^1].Time);
}
