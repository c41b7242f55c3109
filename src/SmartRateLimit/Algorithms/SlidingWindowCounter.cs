namespace SmartRateLimit.Algorithms;

/// <summary>The current window of a key, and what was admitted in it and in the one before.</summary>
internal readonly record struct WindowPair(long Start, long Previous, long Current);

/// <summary>
/// Estimates the last period from two aligned windows: the previous one's count, weighted by how much of it the sliding
/// window still covers and rounded down, plus the current one's (J. Desgats, "How we built rate limiting capable of
/// scaling to millions of domains", 2017). At most twice the limit can pass in a period.
/// </summary>
internal sealed class SlidingWindowCounter(long limit, long period) : IRateAlgorithm<WindowPair>
{
    private readonly long _period = period;

    /// <summary>The largest count whose product with a period, and the count itself on top, fit a word.</summary>
    private readonly long _narrow = long.MaxValue / (period + 1);

    public long Capacity => limit;

    public long Period => _period;

    public WindowPair Fresh(long now) => new(Ticks.WindowStart(now, _period), 0, 0);

    public WindowPair FromSpent(long now, Fraction spent) => Fresh(now) with { Current = spent.Permits };

    public WindowPair Observe(WindowPair state, long now)
    {
        var start = Ticks.WindowStart(now, _period);
        if (start >= state.Start)
        {
            return start == state.Start ? state : new WindowPair(start, start - _period == state.Start ? state.Current : 0, 0);
        }

        if (state is { Previous: 0, Current: 0 })
        {
            return Fresh(now);
        }

        return state.Start - now <= _period ? state : new WindowPair(start, 0, Capacity);
    }

    public Fraction Spent(WindowPair state, long now) => new(SpentPermits(state, now));

    public long SpentPermits(WindowPair state, long now)
    {
        var previous = Weighted(state.Previous, Elapsed(state, now));
        return previous > long.MaxValue - state.Current ? long.MaxValue : previous + state.Current;
    }

    public long WaitUntilSpentAtMost(WindowPair state, long now, long permits)
    {
        var thisWindow = FirstElapsed(state.Previous, permits - state.Current);
        if (thisWindow <= Elapsed(state, now))
        {
            return 0;
        }

        if (thisWindow < _period)
        {
            return state.Start + thisWindow - now;
        }

        // The current count becomes the previous one; if even its last tick weighs too much, the window after is empty.
        var nextWindow = Math.Min(_period, FirstElapsed(state.Current, permits));
        return state.Start + _period + nextWindow - now;
    }

    public long ResetIn(WindowPair state, long now) =>
        state.Current > 0 ? state.Start + (2 * _period) - now
        : state.Previous > 0 ? state.Start + _period - now
        : 0;

    public WindowPair Charge(WindowPair state, long now, long cost, bool mayGrow) => state with { Current = state.Current + cost };

    public WindowPair Refund(WindowPair state, long now, long cost)
    {
        // A window may have ended since the permits were taken.
        var fromPrevious = Math.Max(0, cost - state.Current);
        return state with
        {
            Current = Math.Max(0, state.Current - cost),
            Previous = Math.Max(0, state.Previous - fromPrevious),
        };
    }

    public bool IsIdle(WindowPair state, long now) => state is { Previous: 0, Current: 0 };

    public int Weight(WindowPair state) => 1;

    public bool CanRead(IRateAlgorithm<WindowPair> other) => other is SlidingWindowCounter counter && counter._period == _period;

    public WindowPair Copy(WindowPair state) => state;

    private static long Elapsed(WindowPair state, long now) => Math.Max(0, now - state.Start);

    private long Weighted(long previous, long elapsed) =>
        previous == 0 ? 0
        : previous <= _narrow ? previous * (_period - elapsed) / _period
        : (long)((Int128)previous * (_period - elapsed) / _period);

    /// <summary>The first time in a window at which the previous count weighs at most <paramref name="room"/>; the period or more when it never does.</summary>
    private long FirstElapsed(long previous, long room)
    {
        if (room < 0)
        {
            return Ticks.Never;
        }

        if (previous <= room)
        {
            return 0;
        }

        // floor(previous × (period − e) / period) ≤ room, that is previous × (period − e) < (room + 1) × period.
        if (previous <= _narrow)
        {
            return _period - ((((room + 1) * _period) + previous - 1) / previous) + 1;
        }

        var covered = (((Int128)room + 1) * _period + previous - 1) / previous;
        return (long)(_period - covered + 1);
    }
}
