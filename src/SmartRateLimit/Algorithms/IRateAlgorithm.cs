namespace SmartRateLimit.Algorithms;

/// <summary>
/// One algorithm with one rate's numbers: pure functions of a state, a time and a cost. It reads no clock and stores
/// nothing; whoever keeps the state makes "observe, decide, charge" one atomic step.
/// </summary>
/// <typeparam name="TState">What is remembered about a key.</typeparam>
/// <remarks>
/// Times are ticks of 100 ns, on the monotonic clock or, for windows aligned to UTC, since the Unix epoch. Every function
/// but <see cref="Fresh"/> and <see cref="Observe"/> expects a state that <see cref="Observe"/> returned for the same time.
/// </remarks>
internal interface IRateAlgorithm<TState>
{
    /// <summary>The most permits that can be spent at once.</summary>
    long Capacity { get; }

    /// <inheritdoc cref="RateRule.TicksOfBurst"/>
    long TicksOfBurst => 0;

    /// <inheritdoc cref="RateRule.AdmitsAtOnce"/>
    bool AdmitsAtOnce => true;

    /// <summary>The state of a key that nobody has asked for yet.</summary>
    TState Fresh(long now);

    /// <summary>The state of a key of which so many permits, at most the capacity, are spent: what another algorithm or other numbers left behind.</summary>
    TState FromSpent(long now, Fraction spent);

    /// <summary>
    /// The state as it counts at <paramref name="now"/>: what has run out is gone. A clock that stepped back by up to one
    /// period freezes the state; after a larger step everything counts as spent at <paramref name="now"/>.
    /// </summary>
    TState Observe(TState state, long now);

    /// <summary>Permits spent, exactly.</summary>
    Fraction Spent(TState state, long now);

    /// <summary>Permits spent, rounded up to whole ones.</summary>
    long SpentPermits(TState state, long now);

    /// <summary>The shortest wait until at most <paramref name="permits"/> are spent if nobody else comes; <see cref="Ticks.Never"/> when that never happens.</summary>
    long WaitUntilSpentAtMost(TState state, long now, long permits);

    /// <summary>Admits or rejects, given how long the request would have to wait.</summary>
    /// <param name="waitForRoom">The wait until the cost fits; 0 when it fits now.</param>
    /// <param name="waitForEmpty">The wait until nothing is spent.</param>
    /// <param name="maxWait">The longest wait that the caller accepts.</param>
    Verdict Decide(long waitForRoom, long waitForEmpty, long maxWait) =>
        waitForRoom == 0 ? Verdict.Admitted(0) : Verdict.Rejected(waitForRoom);

    /// <summary>The wait until the key is as if nobody had asked; for a window, until it ends.</summary>
    long ResetIn(TState state, long now);

    /// <summary>The state after an admitted request. The algorithm does not ask again whether it fits.</summary>
    TState Charge(TState state, long now, long cost, bool mayGrow);

    /// <summary>The state after permits that were taken a moment ago came back.</summary>
    TState Refund(TState state, long now, long cost);

    /// <summary>Whether forgetting the state would change nothing for the better.</summary>
    bool IsIdle(TState state, long now);

    /// <summary>How much room the state takes, in units of one state of one word.</summary>
    int Weight(TState state);

    /// <summary>Whether a charge may make the state take more room.</summary>
    bool IsFull(TState state) => false;

    /// <summary>Whether a state written under <paramref name="other"/> numbers can be read under these as it stands.</summary>
    bool CanRead(IRateAlgorithm<TState> other);

    /// <summary>A copy that shares nothing that a later charge would change.</summary>
    TState Copy(TState state);
}
