using System.Numerics;

namespace SmartRateLimit.Algorithms;

/// <summary>A bucket whose state is one theoretical arrival time. What its kinds do with a wait is theirs to say.</summary>
internal abstract class CellBucket<T>(CellRate<T> cells) : IRateAlgorithm<T>
    where T : struct, IBinaryInteger<T>
{
    private readonly CellRate<T> _cells = cells;

    public CellRate<T> Cells => _cells;

    public long Capacity => _cells.Burst;

    public long TicksOfBurst => _cells.WaitUntilSpentAtMost(_cells.FromSpent(0, new Fraction(_cells.Burst)), 0, 0);

    public abstract bool AdmitsAtOnce { get; }

    public abstract Verdict Decide(long waitForRoom, long waitForEmpty, long maxWait);

    public T Fresh(long now) => _cells.Fresh(now);

    public T FromSpent(long now, Fraction spent) => _cells.FromSpent(now, spent);

    public T Observe(T state, long now) => _cells.Observe(state, now);

    public Fraction Spent(T state, long now) => _cells.Spent(state, now);

    public long SpentPermits(T state, long now) => _cells.SpentPermits(state, now);

    public long WaitUntilSpentAtMost(T state, long now, long permits) => _cells.WaitUntilSpentAtMost(state, now, permits);

    public long ResetIn(T state, long now) => _cells.WaitUntilSpentAtMost(state, now, 0);

    public T Charge(T state, long now, long cost, bool mayGrow) => _cells.Charge(state, now, cost);

    public T Refund(T state, long now, long cost) => _cells.Refund(state, now, cost);

    public bool IsIdle(T state, long now) => _cells.IsIdle(state, now);

    public int Weight(T state) => 1;

    public bool CanRead(IRateAlgorithm<T> other) => other is CellBucket<T> bucket && bucket._cells == _cells;

    public T Copy(T state) => state;
}
