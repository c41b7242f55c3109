using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Keeps every admission until it has left the window (now − period, now].</summary>
internal sealed class SlidingWindowMeter(Numbers numbers) : Meter(numbers)
{
    private readonly List<Event> _events = [];

    public override Rational Spent(Instant now) => new(Sum(Clock(now)));

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits)
    {
        // Room only ever appears at the moment at which an admission leaves.
        var clock = Clock(now);
        return Sum(clock) <= permits
            ? BigInteger.Zero
            : _events.Select(e => e.Time + Period).First(leaves => leaves > clock && Sum(leaves) <= permits) - now.Monotonic;
    }

    public override BigInteger? ResetAfter(Instant now) =>
        _events.Count == 0 ? BigInteger.Zero : BigInteger.Max(0, _events[^1].Time + Period - now.Monotonic);

    public override void Charge(Instant now, BigInteger cost)
    {
        if (cost > 0)
        {
            var clock = Clock(now);
            _events.RemoveAll(e => e.Time + Period <= clock);
            _events.Add(new Event(clock, cost));
        }
    }

    public override void Refund(Instant now, BigInteger cost) => _events.Remove(new Event(Clock(now), cost));

    private BigInteger Sum(BigInteger clock) =>
        _events.Where(e => e.Time + Period > clock).Aggregate(BigInteger.Zero, (sum, e) => sum + e.Cost);

    private BigInteger Clock(Instant now) => _events.Count == 0 ? now.Monotonic : BigInteger.Max(now.Monotonic, _events[^1].Time);
}
