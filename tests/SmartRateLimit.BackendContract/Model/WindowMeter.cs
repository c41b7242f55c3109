using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>A meter that sums admissions by when they were made.</summary>
internal abstract class WindowMeter(Numbers numbers) : Meter(numbers)
{
    /// <summary>Admissions that may still count, in the order in which they were made.</summary>
    protected List<Event> Events { get; } = [];

    public sealed override void Charge(Instant now, BigInteger cost)
    {
        if (cost > 0)
        {
            Prune(now);
            Events.Add(new Event(Clock(now), cost));
        }
    }

    public sealed override void Refund(Instant now, BigInteger cost) => Events.Remove(new Event(Clock(now), cost));

    public sealed override void Witness(Instant now, BigInteger capacity)
    {
        if (Events.Count > 0 && Events[^1].Time - Read(now) > Period)
        {
            Events.Clear();
            Charge(now, capacity);
        }
    }

    /// <summary>The clock that the meter goes by.</summary>
    protected abstract BigInteger Read(Instant now);

    /// <summary>Drops admissions that can no longer count.</summary>
    protected abstract void Prune(Instant now);

    /// <summary>The clock, standing still while it is behind the newest admission.</summary>
    protected BigInteger Clock(Instant now) => Events.Count == 0 ? Read(now) : BigInteger.Max(Read(now), Events[^1].Time);

    /// <summary>What was admitted from a time on, up to but not including another.</summary>
    protected BigInteger Sum(BigInteger from, BigInteger to)
    {
        var sum = BigInteger.Zero;
        foreach (var (time, cost) in Events)
        {
            sum += time >= from && time < to ? cost : BigInteger.Zero;
        }

        return sum;
    }
}
