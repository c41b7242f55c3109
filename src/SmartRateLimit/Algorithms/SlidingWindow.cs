namespace SmartRateLimit.Algorithms;

/// <summary>
/// Remembers every admission of the last period: never more than the limit passes in any window of its length.
/// A request leaves the window exactly one period after it was admitted.
/// </summary>
internal sealed class SlidingWindow(long limit, long period) : IRateAlgorithm<AdmissionLog>
{
    /// <summary>The largest limit, which bounds what one key can make a process remember.</summary>
    public const long MaxLimit = 10_000;

    private readonly long _period = period;

    public long Capacity => limit;

    public AdmissionLog Fresh(long now) => AdmissionLog.Empty;

    public AdmissionLog FromSpent(long now, Fraction spent) => AdmissionLog.Empty.Append(now, spent.Permits, mayGrow: true);

    public AdmissionLog Observe(AdmissionLog state, long now)
    {
        if (state.IsEmpty || state.Newest - now <= _period)
        {
            return state.WithoutUpTo(now - _period);
        }

        return AdmissionLog.Empty.Append(now, Capacity, mayGrow: true);
    }

    public Fraction Spent(AdmissionLog state, long now) => new(state.Total);

    public long SpentPermits(AdmissionLog state, long now) => state.Total;

    public long WaitUntilSpentAtMost(AdmissionLog state, long now, long permits) =>
        permits < 0 ? Ticks.Never
        : state.Total <= permits ? 0
        : state.TimeOfLastToLeave(permits) + _period - now;

    public long ResetIn(AdmissionLog state, long now) => state.IsEmpty ? 0 : state.Newest + _period - now;

    public AdmissionLog Charge(AdmissionLog state, long now, long cost, bool mayGrow) =>
        cost == 0 ? state : state.Append(state.IsEmpty ? now : Math.Max(now, state.Newest), cost, mayGrow);

    public AdmissionLog Refund(AdmissionLog state, long now, long cost) => state.WithoutNewest(cost);

    public bool IsIdle(AdmissionLog state, long now) => state.IsEmpty;

    public int Weight(AdmissionLog state) => state.Words;

    public bool IsFull(AdmissionLog state) => state.IsFull;

    public bool CanRead(IRateAlgorithm<AdmissionLog> other) => other is SlidingWindow window && window._period == _period;

    public AdmissionLog Copy(AdmissionLog state) => state.Copy();
}
