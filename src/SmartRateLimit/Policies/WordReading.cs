using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Policies;

/// <summary>Says what is left in a state of one word.</summary>
internal abstract class WordReading
{
    public abstract long Remaining(long word, long now);

    public abstract long ResetIn(long word, long now);
}

/// <summary>Reads states of one rule.</summary>
internal sealed class WordReading<TRule>(TRule rule) : WordReading
    where TRule : struct, IWordRule
{
    public override long Remaining(long word, long now) => rule.Remaining(word, now);

    public override long ResetIn(long word, long now) => rule.ResetIn(word, now);
}
