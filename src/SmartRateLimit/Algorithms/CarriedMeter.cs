namespace SmartRateLimit.Algorithms;

/// <summary>
/// A key whose policy's numbers changed. What was spent under the old numbers stays spent and runs out as they said,
/// while the new ones decide; the first request that the new ones admit moves what is left under them. So the two together
/// never admit more than the larger, however often the numbers change, and nobody waits longer than the old numbers meant.
/// The old numbers may have read another clock; it runs on from where it was when they changed.
/// </summary>
internal sealed class CarriedMeter(RateMeter old, RateRule rule, long clockOffset) : RateMeter
{
    public override RateRule Rule => rule;

    /// <summary>What measures until then.</summary>
    public RateMeter Old => old;

    public override int Weight => old.Weight;

    public override bool IsFull => true;

    public override void Observe(long now) => old.Observe(now + clockOffset);

    public override RateMeter Charge(long now, long cost, bool mayGrow) =>
        cost == 0 ? this : rule.NewMeter(now, old.Spent(now + clockOffset)).Charge(now, cost, mayGrow);

    public override void Refund(long now, long cost) => old.Refund(now + clockOffset, cost);

    public override Fraction Spent(long now) => old.Spent(now + clockOffset);

    public override long SpentPermits(long now) => old.SpentPermits(now + clockOffset);

    public override long WaitUntilSpentAtMost(long now, long permits) => old.WaitUntilSpentAtMost(now + clockOffset, permits);

    public override long ResetIn(long now) => old.ResetIn(now + clockOffset);

    public override bool IsIdle(long now) => old.IsIdle(now + clockOffset);

    public override RateMeter Under(RateRule other, long offset) => old.Under(other, clockOffset + offset);

    public override RateMeter Copy() => new CarriedMeter(old.Copy(), rule, clockOffset);
}
