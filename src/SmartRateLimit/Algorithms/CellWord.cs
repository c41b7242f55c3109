namespace SmartRateLimit.Algorithms;

/// <summary>A token or leaky bucket whose theoretical arrival time fits 64 bits. See <see cref="CellRate{T}"/>.</summary>
internal readonly struct CellWord : IWordRule
{
    private readonly Divisor _unitsPerPermit;
    private readonly Divisor _unitsPerTick;
    private readonly long _burst;
    private readonly long _burstUnits;
    private readonly long _mostOutstanding;
    private readonly bool _isLeaky;
    private readonly RateRule<long> _rule;
    private readonly CellBucket<long> _bucket;

    public CellWord(RateRule<long> rule, CellBucket<long> bucket)
    {
        var cells = bucket.Cells;
        _rule = rule;
        _bucket = bucket;
        _isLeaky = bucket is LeakyBucket<long>;
        _unitsPerPermit = new Divisor(cells.UnitsPerPermit);
        _unitsPerTick = new Divisor(cells.UnitsPerTick);
        _burst = cells.Burst;
        _burstUnits = cells.Burst * cells.UnitsPerPermit;
        _mostOutstanding = cells.MostOutstanding + cells.Period;
    }

    public long Capacity => _burst;

    public long TicksOfBurst => Wait(_burstUnits);

    public long SpentAtStart => _burst - _bucket.Cells.InitialPermits;

    public long Fresh(long now) => _bucket.Fresh(now);

    public long Observe(long word, long now) => word - At(now) <= _mostOutstanding ? word : At(now) + _burstUnits;

    public bool Fits(long word, long now, long cost) =>
        (ulong)(cost - 1) >= (ulong)_burst ? cost == 0 && _burst > 0 : Lacking(word, now, cost) <= 0 && !_isLeaky;

    public Verdict Measure(long word, long now, long cost, long maxWait)
    {
        if ((ulong)(cost - 1) >= (ulong)_burst)
        {
            return cost == 0 && _burst > 0 ? Verdict.Admitted(0) : Verdict.Rejected(Ticks.Never);
        }

        var lacking = Lacking(word, now, cost);
        return lacking <= 0 && !_isLeaky
            ? Verdict.Admitted(0)
            : _bucket.Decide(Wait(Math.Max(0, lacking)), Wait(Outstanding(word, now)), maxWait);
    }

    public long Charge(long word, long now, long cost) => At(now) + Outstanding(word, now) + (cost * _unitsPerPermit.Value);

    public long Refund(long word, long now, long cost) => _bucket.Refund(word, now, cost);

    public long Remaining(long word, long now) => Math.Max(0, _burst - _unitsPerPermit.DivideUp(Outstanding(word, now)));

    public long ResetIn(long word, long now) => Wait(Outstanding(word, now));

    public bool IsForgettable(long word, long now) => word < At(now);

    public long Shift(long word, long ticks) => word + At(ticks);

    public long Worse(long one, long other, long now) => Math.Max(one, other);

    public RateMeter ToMeter(long word, long now) => _rule.MeterOf(word);

    private long Wait(long units) => units == 0 ? 0 : _unitsPerTick.Value == 0 ? Ticks.Never : _unitsPerTick.DivideUp(units);

    private long Lacking(long word, long now, long cost) => Outstanding(word, now) + (cost * _unitsPerPermit.Value) - _burstUnits;

    private long Outstanding(long word, long now) => Math.Max(0, word - At(now));

    private long At(long now) => now * _unitsPerTick.Value;
}
