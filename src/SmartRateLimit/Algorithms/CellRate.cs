using System.Numerics;

namespace SmartRateLimit.Algorithms;

/// <summary>
/// The generic cell rate algorithm (ITU-T I.371, "virtual scheduling"): the whole state of a bucket is its theoretical
/// arrival time, the moment at which it would be full (token bucket) or empty (leaky bucket) again.
/// </summary>
/// <typeparam name="T">
/// A word wide enough for the numbers: <see cref="long"/> almost always, <see cref="Int128"/> where limits are huge or
/// share no factor with their period.
/// </typeparam>
/// <remarks>
/// Time is counted in units of <c>1 / UnitsPerTick</c> tick, in which one permit is worth a whole number of units, so
/// 3 permits a second lose nothing. What is spent is the distance from now to the arrival time.
/// </remarks>
internal readonly record struct CellRate<T>
    where T : struct, IBinaryInteger<T>
{
    /// <summary>Units in which one permit is refilled.</summary>
    public required T UnitsPerPermit { get; init; }

    /// <summary>Units that pass in one tick; 0 when the bucket never refills.</summary>
    public required T UnitsPerTick { get; init; }

    /// <summary>The most permits that can be spent at once.</summary>
    public required long Burst { get; init; }

    /// <summary>Permits that a new bucket has, at most <see cref="Burst"/>.</summary>
    public required long InitialPermits { get; init; }

    /// <summary>The most units that can be outstanding by rights: the burst and what may be reserved.</summary>
    public required T MostOutstanding { get; init; }

    /// <summary>Units in one period: by this much a clock may step back before everything counts as spent.</summary>
    public required T Period { get; init; }

    public T Fresh(long now) => At(now) + (T.CreateChecked(Burst - InitialPermits) * UnitsPerPermit);

    public T FromSpent(long now, Fraction spent) => At(now) + T.CreateChecked(spent.InUnits(BigInteger.CreateChecked(UnitsPerPermit)));

    public T Observe(T arrival, long now) => Outstanding(arrival, now) <= MostOutstanding + Period
        ? arrival
        : At(now) + (T.CreateChecked(Burst) * UnitsPerPermit);

    public Fraction Spent(T arrival, long now) =>
        new(BigInteger.CreateChecked(Outstanding(arrival, now)), BigInteger.CreateChecked(UnitsPerPermit));

    public long SpentPermits(T arrival, long now) => DivideUp(Outstanding(arrival, now), UnitsPerPermit);

    public long WaitUntilSpentAtMost(T arrival, long now, long permits)
    {
        // Asked for other numbers' permits, their worth in units could be beyond the word; below what is spent it is not.
        if (SpentPermits(arrival, now) <= permits)
        {
            return 0;
        }

        var excess = Outstanding(arrival, now) - (T.CreateChecked(permits) * UnitsPerPermit);
        return UnitsPerTick == T.Zero ? Ticks.Never : DivideUp(excess, UnitsPerTick);
    }

    public T Charge(T arrival, long now, long cost) =>
        At(now) + Outstanding(arrival, now) + (T.CreateChecked(cost) * UnitsPerPermit);

    public T Refund(T arrival, long now, long cost)
    {
        var taken = T.CreateChecked(cost) * UnitsPerPermit;
        var outstanding = Outstanding(arrival, now);
        return outstanding <= taken ? At(now) : arrival - taken;
    }

    public bool IsIdle(T arrival, long now) => Outstanding(arrival, now) == T.Zero;

    private T Outstanding(T arrival, long now) => arrival > At(now) ? arrival - At(now) : T.Zero;

    private T At(long now) => T.CreateTruncating(now) * UnitsPerTick;

    private static long DivideUp(T value, T divisor)
    {
        var (quotient, remainder) = T.DivRem(value, divisor);
        var rounded = remainder == T.Zero ? quotient : quotient + T.One;
        return long.CreateSaturating(rounded);
    }
}
