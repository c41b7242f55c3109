using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>A meter that sums admissions by when they were made.</summary>
internal abstract class WindowMeter(Numbers numbers) : Meter(numbers)
{
    /// <summary>Admissions that may still count, in the order in which they were made.</summary>
    protected List<Event> Events { get; private set; } = [];

    public sealed override void Charge(Instant now, BigInteger cost)
    {
        Prune(now);
        Add(Clock(now), cost);
    }

    public sealed override void Refund(Instant now, BigInteger cost)
    {
        // Later than at once, it is not known which admission is meant, so none is.
        if (Events.Count > 0 && Events[^1].Time == Clock(now) && Events[^1].Cost >= cost)
        {
            Add(Clock(now), -cost);
        }
    }

    public sealed override void Witness(Instant now, BigInteger capacity)
    {
        if (Events.Count > 0 && Standstill - Read(now) > Period)
        {
            Events.Clear();
            Charge(now, capacity);
        }

        // What has run out is forgotten by whoever looks, so a clock that steps back later does not bring it back.
        Prune(now);
    }

    public sealed override Meter Copy()
    {
        var copy = (WindowMeter)MemberwiseClone();
        copy.Events = [.. Events];
        return copy;
    }

    /// <summary>The clock that the meter goes by.</summary>
    protected abstract BigInteger Read(Instant now);

    /// <summary>Drops admissions that can no longer count.</summary>
    protected abstract void Prune(Instant now);

    /// <summary>Where the clock stands still when it steps back: at the newest admission, or at the start of its window where only windows are known.</summary>
    protected virtual BigInteger Standstill => Events[^1].Time;

    /// <summary>The clock, standing still while it is behind what is known already.</summary>
    protected BigInteger Clock(Instant now) => Events.Count == 0 ? Read(now) : BigInteger.Max(Read(now), Standstill);

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

    /// <summary>Remembers a cost; those of one tick are one event.</summary>
    private void Add(BigInteger time, BigInteger cost)
    {
        if (Events.Count > 0 && Events[^1].Time == time)
        {
            cost += Events[^1].Cost;
            Events.RemoveAt(Events.Count - 1);
        }

        if (cost > 0)
        {
            Events.Add(new Event(time, cost));
        }
    }
}
