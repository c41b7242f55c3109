namespace SmartRateLimit.Algorithms;

/// <summary>
/// A key whose policy's numbers changed. What was spent under the old numbers stays spent and runs out as they said,
/// while the new ones decide; the first request that the new ones admit moves what is left under them. So the two together
/// never admit more than the larger, however often the numbers change, and nobody waits longer than the old numbers meant.
/// </summary>
internal sealed class CarriedMeter(RateMeter old, RateRule rule) : RateMeter
{
    public override RateRule Rule => rule;

    public override int Weight => old.Weight;

    public override void Observe(long now) => old.Observe(now);

    public override RateMeter Charge(long now, long cost, bool mayGrow) =>
        cost == 0 ? this : rule.NewMeter(now, old.Spent(now)).Charge(now, cost, mayGrow);

    public override void Refund(long now, long cost) => old.Refund(now, cost);

    public override Fraction Spent(long now) => old.Spent(now);

    public override long SpentPermits(long now) => old.SpentPermits(now);

    public override long WaitUntilSpentAtMost(long now, long permits) => old.WaitUntilSpentAtMost(now, permits);

    public override long ResetIn(long now) => old.ResetIn(now);

    public override bool IsIdle(long now) => old.IsIdle(now);

    public override RateMeter Under(RateRule other) => old.Under(other);

    public override RateMeter Copy() => new CarriedMeter(old.Copy(), rule);
}
