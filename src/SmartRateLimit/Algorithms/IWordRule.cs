namespace SmartRateLimit.Algorithms;

/// <summary>
/// A rate under an algorithm whose state fits one word, so that a compare-and-swap is the atomic step. It decides as
/// <see cref="RateMeter"/> does on the same state, in fewer instructions.
/// </summary>
internal interface IWordRule
{
    long Capacity { get; }

    /// <summary>How long it takes until everything that can be spent at once is back; <see cref="Ticks.Never"/> when it never is.</summary>
    long TicksOfBurst { get; }

    /// <summary>Permits that a key lacks when nobody has asked for it yet.</summary>
    long SpentAtStart { get; }

    /// <summary>The state of a key that nobody has asked for yet.</summary>
    long Fresh(long now);

    /// <inheritdoc cref="IRateAlgorithm{TState}.Observe"/>
    long Observe(long word, long now);

    /// <summary>Whether a request is admitted at once, on a state that was observed at the same time.</summary>
    bool Fits(long word, long now, long cost);

    /// <summary>Decides on a state that was observed at the same time.</summary>
    Verdict Measure(long word, long now, long cost, long maxWait);

    /// <inheritdoc cref="IRateAlgorithm{TState}.Charge"/>
    long Charge(long word, long now, long cost);

    /// <inheritdoc cref="IRateAlgorithm{TState}.Refund"/>
    long Refund(long word, long now, long cost);

    /// <inheritdoc cref="RateMeter.Remaining"/>
    long Remaining(long word, long now);

    /// <inheritdoc cref="IRateAlgorithm{TState}.ResetIn"/>
    long ResetIn(long word, long now);

    /// <summary>
    /// Whether the state is worth no more than none, and was so before <paramref name="now"/> began: no state written from
    /// now on can equal it.
    /// </summary>
    bool IsForgettable(long word, long now);

    /// <summary>The state on a clock that is ahead of the one it was written by.</summary>
    long Shift(long word, long ticks);

    /// <summary>A state, of those observed at the same time, that has spent at least what each of two has.</summary>
    long Worse(long one, long other, long now);

    /// <summary>The state as the algorithm in general keeps it.</summary>
    RateMeter ToMeter(long word, long now);
}
