namespace SmartRateLimit.Algorithms;

/// <summary>
/// A fixed window aligned to the epoch whose number and count fit 64 bits: the number above, the count below. See
/// <see cref="FixedWindow"/>.
/// </summary>
internal readonly struct WindowWord : IWordRule
{
    /// <summary>Times are so far from the epoch at most: two thousand years.</summary>
    private const long Farthest = 2_000L * 366 * TimeSpan.TicksPerDay;

    private readonly RateRule<WindowCount> _rule;
    private readonly FixedWindow _window;
    private readonly long _period;
    private readonly int _countBits;

    public WindowWord(RateRule<WindowCount> rule, FixedWindow window)
    {
        _rule = rule;
        _window = window;
        _period = window.Period;
        _countBits = CountBits(window);
    }

    public long Capacity => _window.Capacity;

    public long TicksOfBurst => _period;

    public long SpentAtStart => 0;

    public static bool Fits(FixedWindow window) => window.IsAligned && window.Capacity < 1L << CountBits(window);

    public long Fresh(long now) => Pack(_window.Fresh(now));

    public long Observe(long word, long now) =>
        now >= Start(word) && now - Start(word) < _period && Count(word) != 0 ? word : Pack(_window.Observe(Unpack(word), now));

    public bool Fits(long word, long now, long cost) =>
        (ulong)(cost - 1) >= (ulong)Capacity ? cost == 0 && Capacity > 0 : cost <= Capacity - Count(word);

    public Verdict Measure(long word, long now, long cost, long maxWait) =>
        (ulong)(cost - 1) >= (ulong)Capacity ? cost == 0 && Capacity > 0 ? Verdict.Admitted(0) : Verdict.Rejected(Ticks.Never)
        : cost <= Capacity - Count(word) ? Verdict.Admitted(0)
        : Verdict.Rejected(Start(word) + _period - now);

    public long Charge(long word, long now, long cost) => word + cost;

    public long Refund(long word, long now, long cost) => word - Math.Min(cost, Count(word));

    public long Remaining(long word, long now) => Math.Max(0, Capacity - Count(word));

    public long ResetIn(long word, long now) => Start(word) + _period - now;

    public bool IsForgettable(long word, long now) => now - Start(word) >= _period;

    public long Shift(long word, long ticks) => word;

    public long Worse(long one, long other, long now) => Math.Max(one, other);

    public RateMeter ToMeter(long word, long now) => _rule.MeterOf(Unpack(word));

    private static int CountBits(FixedWindow window) => 62 - (64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(Farthest / window.Period)));

    private long Start(long word) => (word >> _countBits) * _period;

    private long Count(long word) => word & ((1L << _countBits) - 1);

    private WindowCount Unpack(long word) => new(Start(word), Count(word));

    private long Pack(WindowCount state) => (state.Start / _period << _countBits) | state.Count;
}
