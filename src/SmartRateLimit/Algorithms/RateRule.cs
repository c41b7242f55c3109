namespace SmartRateLimit.Algorithms;

/// <summary>One rate of a policy, worked out into an algorithm and its numbers.</summary>
internal abstract class RateRule
{
    /// <summary>The most permits that can be spent at once.</summary>
    public abstract long Capacity { get; }

    /// <summary>How long it takes until everything that can be spent at once is back, where permits come back one by one; otherwise 0.</summary>
    public abstract long TicksOfBurst { get; }

    /// <summary>Whether what fits is admitted without a delay.</summary>
    public abstract bool AdmitsAtOnce { get; }

    /// <summary>A meter for a key that nobody has asked for yet.</summary>
    public abstract RateMeter NewMeter(long now);

    /// <summary>A meter for a key of which so many permits are spent already.</summary>
    public abstract RateMeter NewMeter(long now, Fraction spent);

    /// <inheritdoc cref="IRateAlgorithm{TState}.Decide"/>
    public abstract Verdict Decide(long waitForRoom, long waitForEmpty, long maxWait);
}

/// <summary>A rate under an algorithm whose state is a <typeparamref name="TState"/>.</summary>
internal class RateRule<TState>(IRateAlgorithm<TState> algorithm) : RateRule
{
    public IRateAlgorithm<TState> Algorithm => algorithm;

    public sealed override long Capacity { get; } = algorithm.Capacity;

    public sealed override long TicksOfBurst => algorithm.TicksOfBurst;

    public sealed override bool AdmitsAtOnce { get; } = algorithm.AdmitsAtOnce;

    public sealed override RateMeter NewMeter(long now) => MeterOf(algorithm.Fresh(now));

    public sealed override RateMeter NewMeter(long now, Fraction spent) => MeterOf(algorithm.FromSpent(now, spent));

    /// <summary>A meter with a state.</summary>
    public virtual RateMeter MeterOf(TState state) => new RateMeter<TState>(this, state);

    public sealed override Verdict Decide(long waitForRoom, long waitForEmpty, long maxWait) => algorithm.Decide(waitForRoom, waitForEmpty, maxWait);
}

/// <summary>A token or leaky bucket whose state is one word, for which there is a faster meter.</summary>
internal sealed class WordRateRule : RateRule<long>
{
    // Not read-only, so that calls on it are not made on copies.
#pragma warning disable IDE0044
    private CellWord _word;
#pragma warning restore IDE0044

    public WordRateRule(CellBucket<long> bucket)
        : base(bucket) => _word = new CellWord(this, bucket);

    /// <summary>The rule on words.</summary>
    public ref CellWord Word => ref _word;

    public override RateMeter MeterOf(long state) => new WordMeter(this, state);
}
