namespace SmartRateLimit.Algorithms;

/// <summary>What one key has spent under one rate. Its owner calls it under a lock.</summary>
internal abstract class RateMeter
{
    /// <summary>The rate that decides.</summary>
    public abstract RateRule Rule { get; }

    /// <summary>Room that the meter takes, in units of one state of one word.</summary>
    public abstract int Weight { get; }

    /// <summary>Whether a charge may make the meter heavier.</summary>
    public abstract bool IsFull { get; }

    /// <summary>Decides without charging.</summary>
    /// <param name="now">Ticks on the policy's clock.</param>
    /// <param name="cost">Permits, at least 0.</param>
    /// <param name="maxWait">The longest wait in ticks that the caller accepts.</param>
    public virtual Verdict Measure(long now, long cost, long maxWait)
    {
        if (cost == 0)
        {
            return Rule.Capacity > 0 ? Verdict.Admitted(0) : Verdict.Rejected(Ticks.Never);
        }

        if (Rule.AdmitsAtOnce && SpentPermits(now) <= Rule.Capacity - cost)
        {
            return Verdict.Admitted(0);
        }

        return cost > Rule.Capacity
            ? Verdict.Rejected(Ticks.Never)
            : Rule.Decide(WaitUntilSpentAtMost(now, Rule.Capacity - cost), WaitUntilSpentAtMost(now, 0), maxWait);
    }

    /// <summary>Brings the state to <paramref name="now"/>, and says whether a request is admitted at once.</summary>
    public virtual bool Fits(long now, long cost)
    {
        Observe(now);
        return Measure(now, cost, maxWait: 0).IsAdmitted;
    }

    /// <summary>Permits left, rounded down.</summary>
    public virtual long Remaining(long now) => Math.Max(0, Rule.Capacity - SpentPermits(now));

    /// <summary>Brings the state to <paramref name="now"/>: what has run out is forgotten.</summary>
    public abstract void Observe(long now);

    /// <summary>Charges an admitted request.</summary>
    /// <returns>The meter that stands for the key from now on.</returns>
    public abstract RateMeter Charge(long now, long cost, bool mayGrow);

    /// <inheritdoc cref="IRateAlgorithm{TState}.Refund"/>
    public abstract void Refund(long now, long cost);

    /// <inheritdoc cref="IRateAlgorithm{TState}.Spent"/>
    public abstract Fraction Spent(long now);

    /// <inheritdoc cref="IRateAlgorithm{TState}.SpentPermits"/>
    public abstract long SpentPermits(long now);

    /// <inheritdoc cref="IRateAlgorithm{TState}.WaitUntilSpentAtMost"/>
    public abstract long WaitUntilSpentAtMost(long now, long permits);

    /// <inheritdoc cref="IRateAlgorithm{TState}.ResetIn"/>
    public abstract long ResetIn(long now);

    /// <inheritdoc cref="IRateAlgorithm{TState}.IsIdle"/>
    public abstract bool IsIdle(long now);

    /// <summary>This key's spending under other numbers.</summary>
    /// <param name="other">The numbers that decide from now on.</param>
    /// <param name="clockOffset">What this meter's clock is ahead of theirs; 0 when both read one clock.</param>
    public abstract RateMeter Under(RateRule other, long clockOffset);

    /// <summary>A copy that later charges of this meter do not change.</summary>
    public abstract RateMeter Copy();
}

/// <summary>What one key has spent, as the state of an algorithm.</summary>
internal sealed class RateMeter<TState>(RateRule<TState> rule, TState state) : RateMeter
{
    private readonly IRateAlgorithm<TState> _algorithm = rule.Algorithm;
    private TState _state = state;

    public TState State => _state;

    public override RateRule Rule => rule;

    public override int Weight => _algorithm.Weight(_state);

    public override bool IsFull => _algorithm.IsFull(_state);

    public override void Observe(long now) => _state = _algorithm.Observe(_state, now);

    public override RateMeter Charge(long now, long cost, bool mayGrow)
    {
        _state = _algorithm.Charge(At(now), now, cost, mayGrow);
        return this;
    }

    public override void Refund(long now, long cost) => _state = _algorithm.Refund(At(now), now, cost);

    public override Fraction Spent(long now) => _algorithm.Spent(At(now), now);

    public override long SpentPermits(long now) => _algorithm.SpentPermits(At(now), now);

    public override long WaitUntilSpentAtMost(long now, long permits) => _algorithm.WaitUntilSpentAtMost(At(now), now, permits);

    public override long ResetIn(long now) => _algorithm.ResetIn(At(now), now);

    public override bool IsIdle(long now) => _algorithm.IsIdle(At(now), now);

    public override RateMeter Under(RateRule other, long clockOffset) =>
        clockOffset == 0 && other is RateRule<TState> same && same.Algorithm.CanRead(_algorithm)
            ? same.MeterOf(_state)
            : new CarriedMeter(this, other, clockOffset);

    public override RateMeter Copy() => new RateMeter<TState>(rule, _algorithm.Copy(_state));

    private TState At(long now) => _algorithm.Observe(_state, now);
}
