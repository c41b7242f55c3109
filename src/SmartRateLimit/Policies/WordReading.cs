using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Policies;

/// <summary>Says what a state of one word means for a decision.</summary>
internal abstract class WordReading
{
    public abstract long Remaining(long word, long now);

    public abstract long ResetIn(long word, long now);

    /// <summary>The wait of a rejected caller who accepts none.</summary>
    public abstract long Wait(long word, long now, long cost);
}

/// <summary>Reads states of one rule.</summary>
/// <param name="rule">The rule.</param>
/// <param name="granule">What its clock can be late by: a rejected caller waits as much longer.</param>
internal sealed class WordReading<TRule>(TRule rule, long granule) : WordReading
    where TRule : struct, IWordRule
{
    public override long Remaining(long word, long now) => rule.Remaining(word, now);

    public override long ResetIn(long word, long now) => rule.ResetIn(word, now);

    public override long Wait(long word, long now, long cost) =>
        rule.Measure(word, now, cost, maxWait: 0).Wait is not Ticks.Never and var wait ? wait + granule : Ticks.Never;
}
