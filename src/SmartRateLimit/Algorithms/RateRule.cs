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
internal sealed class RateRule<TState>(IRateAlgorithm<TState> algorithm) : RateRule
{
    public IRateAlgorithm<TState> Algorithm => algorithm;

    public override long Capacity { get; } = algorithm.Capacity;

    public override long TicksOfBurst => algorithm.TicksOfBurst;

    public override bool AdmitsAtOnce { get; } = algorithm.AdmitsAtOnce;

    public override RateMeter NewMeter(long now) => new RateMeter<TState>(this, algorithm.Fresh(now));

    public override RateMeter NewMeter(long now, Fraction spent) => new RateMeter<TState>(this, algorithm.FromSpent(now, spent));

    public override Verdict Decide(long waitForRoom, long waitForEmpty, long maxWait) => algorithm.Decide(waitForRoom, waitForEmpty, maxWait);
}
