namespace SmartRateLimit.Algorithms;

/// <summary>What one key has spent of a token or leaky bucket whose state is one word: no general division, no interface.</summary>
internal sealed class WordMeter(WordRateRule rule, long state) : RateMeter
{
    private readonly WordRateRule _rule = rule;
    private long _state = state;

    public long State => _state;

    public override RateRule Rule => _rule;

    public override int Weight => 1;

    public override bool IsFull => false;

    public override Verdict Measure(long now, long cost, long maxWait) => _rule.Word.Measure(At(now), now, cost, maxWait);

    public override bool Fits(long now, long cost) => _rule.Word.Fits(_state = At(now), now, cost);

    public override long Remaining(long now) => _rule.Word.Remaining(At(now), now);

    public override void Observe(long now) => _state = At(now);

    public override RateMeter Charge(long now, long cost, bool mayGrow)
    {
        _state = _rule.Word.Charge(At(now), now, cost);
        return this;
    }

    public override void Refund(long now, long cost) => _state = _rule.Word.Refund(At(now), now, cost);

    public override Fraction Spent(long now) => _rule.Algorithm.Spent(At(now), now);

    public override long SpentPermits(long now) => _rule.Algorithm.SpentPermits(At(now), now);

    public override long WaitUntilSpentAtMost(long now, long permits) => _rule.Algorithm.WaitUntilSpentAtMost(At(now), now, permits);

    public override long ResetIn(long now) => _rule.Word.ResetIn(At(now), now);

    public override bool IsIdle(long now) => _rule.Algorithm.IsIdle(At(now), now);

    public override RateMeter Under(RateRule other, long clockOffset) =>
        clockOffset == 0 && other is WordRateRule same && same.Algorithm.CanRead(_rule.Algorithm)
            ? same.MeterOf(_state)
            : new CarriedMeter(this, other, clockOffset);

    public override RateMeter Copy() => new WordMeter(_rule, _state);

    private long At(long now) => _rule.Word.Observe(_state, now);
}
