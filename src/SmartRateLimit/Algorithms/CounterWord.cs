using System.Numerics;

namespace SmartRateLimit.Algorithms;

/// <summary>
/// Two windows whose number and counts fit 63 bits: the number above, then the previous count, then the current one. Of the
/// number only the low bits are kept; the time says the rest. See <see cref="SlidingWindowCounter"/>.
/// </summary>
internal readonly struct CounterWord : IWordRule
{
    /// <summary>How far a state can be from the time at which it is read, before or after: a hundred years.</summary>
    private const long Farthest = 36_525L * TimeSpan.TicksPerDay;

    /// <summary>The sign stays clear, so that no state is taken for a mark.</summary>
    private const int Bits = 63;

    private readonly RateRule<WindowPair> _rule;
    private readonly SlidingWindowCounter _counter;
    private readonly Divisor _period;
    private readonly long _capacity;
    private readonly int _countBits;

    public CounterWord(RateRule<WindowPair> rule, SlidingWindowCounter counter)
    {
        _rule = rule;
        _counter = counter;
        _period = new Divisor(counter.Period);
        _capacity = counter.Capacity;
        _countBits = CountBits(counter);
    }

    public long Capacity => _capacity;

    public long TicksOfBurst => _period.Value;

    public long SpentAtStart => 0;

    private int NumberBits => Bits - (2 * _countBits);

    private long CountMask => (1L << _countBits) - 1;

    public static bool Fits(SlidingWindowCounter counter) => counter.Capacity < 1L << CountBits(counter);

    public long Fresh(long now) => Pack(Number(now), 0, 0);

    public long Observe(long word, long now)
    {
        var number = Number(now);
        var passed = Passed(word, number);
        return passed == 0 ? word
            : passed == 1 ? Pack(number, Current(word), 0)
            : passed > 1 ? Pack(number, 0, 0)
            : Pack(_counter.Observe(Unpack(word, now), now));
    }

    public bool Fits(long word, long now, long cost) =>
        (ulong)(cost - 1) >= (ulong)_capacity ? cost == 0 && _capacity > 0 : Spent(word, now) <= _capacity - cost;

    public Verdict Measure(long word, long now, long cost, long maxWait) =>
        Fits(word, now, cost) ? Verdict.Admitted(0)
        : cost > _capacity || _capacity == 0 ? Verdict.Rejected(Ticks.Never)
        : Verdict.Rejected(_counter.WaitUntilSpentAtMost(Unpack(word, now), now, _capacity - cost));

    public long Charge(long word, long now, long cost) => word + cost;

    public long Refund(long word, long now, long cost) => Pack(_counter.Refund(Unpack(word, now), now, cost));

    public long Remaining(long word, long now) => Math.Max(0, _capacity - Spent(word, now));

    public long ResetIn(long word, long now) => _counter.ResetIn(Unpack(word, now), now);

    public bool IsForgettable(long word, long now) => Passed(word, Number(now)) > 1;

    public long Shift(long word, long ticks) => word;

    public long Worse(long one, long other, long now)
    {
        var (a, b) = (Unpack(one, now), Unpack(other, now));
        return Pack(new WindowPair(Math.Max(a.Start, b.Start), Math.Max(a.Previous, b.Previous), Math.Max(a.Current, b.Current)));
    }

    public RateMeter ToMeter(long word, long now) => _rule.MeterOf(Unpack(word, now));

    private static int CountBits(SlidingWindowCounter counter) =>
        (Bits - 1 - (64 - BitOperations.LeadingZeroCount((ulong)(Farthest / counter.Period)))) / 2;

    private long Spent(long word, long now) =>
        Previous(word) == 0 ? Current(word) : _counter.SpentPermits(Unpack(word, now), now);

    private long Number(long now) => now >= 0 ? _period.Divide(now) : Ticks.WindowStart(now, _period.Value) / _period.Value;

    /// <summary>How many windows ago the state's began.</summary>
    private long Passed(long word, long number) => (number - (word >> (2 * _countBits))) << (64 - NumberBits) >> (64 - NumberBits);

    private long Previous(long word) => (word >> _countBits) & CountMask;

    private long Current(long word) => word & CountMask;

    private WindowPair Unpack(long word, long now)
    {
        var number = Number(now);
        return new WindowPair((number - Passed(word, number)) * _period.Value, Previous(word), Current(word));
    }

    private long Pack(WindowPair state) => Pack(Number(state.Start), state.Previous, state.Current);

    private long Pack(long number, long previous, long current) =>
        ((((number & ((1L << NumberBits) - 1)) << _countBits) | previous) << _countBits) | current;
}
