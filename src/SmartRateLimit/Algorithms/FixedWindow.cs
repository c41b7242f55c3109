namespace SmartRateLimit.Algorithms;

/// <summary>The window that runs for a key and what was admitted in it.</summary>
internal readonly record struct WindowCount(long Start, long Count);

/// <summary>
/// Counts in consecutive windows, aligned to the epoch or starting at the first admitted request. Twice the limit can
/// pass around a seam between two windows.
/// </summary>
internal sealed class FixedWindow(long limit, long period, bool isAligned) : IRateAlgorithm<WindowCount>
{
    private readonly long _period = period;
    private readonly bool _isAligned = isAligned;

    public long Capacity => limit;

    public long Period => _period;

    public bool IsAligned => _isAligned;

    public WindowCount Fresh(long now) => new(StartAt(now), 0);

    public WindowCount FromSpent(long now, Fraction spent) => new(StartAt(now), spent.Permits);

    public WindowCount Observe(WindowCount state, long now)
    {
        if (state.Count == 0 || now >= state.Start + _period)
        {
            return Fresh(now);
        }

        return state.Start - now <= _period ? state : new WindowCount(StartAt(now), Capacity);
    }

    public Fraction Spent(WindowCount state, long now) => new(state.Count);

    public long SpentPermits(WindowCount state, long now) => state.Count;

    public long WaitUntilSpentAtMost(WindowCount state, long now, long permits) =>
        state.Count <= permits ? 0 : state.Start + _period - now;

    public long ResetIn(WindowCount state, long now) =>
        _isAligned || state.Count > 0 ? state.Start + _period - now : 0;

    public WindowCount Charge(WindowCount state, long now, long cost, bool mayGrow) => state with { Count = state.Count + cost };

    public WindowCount Refund(WindowCount state, long now, long cost) => state with { Count = Math.Max(0, state.Count - cost) };

    public bool IsIdle(WindowCount state, long now) => state.Count == 0;

    public int Weight(WindowCount state) => 1;

    public bool CanRead(IRateAlgorithm<WindowCount> other) =>
        other is FixedWindow window && window._period == _period && window._isAligned == _isAligned;

    public WindowCount Copy(WindowCount state) => state;

    private long StartAt(long now) => _isAligned ? Ticks.WindowStart(now, _period) : now;
}
