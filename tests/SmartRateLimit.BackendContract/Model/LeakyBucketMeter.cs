using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Replays admissions on a queue that drains continuously; a request waits for what is before it.</summary>
internal sealed class LeakyBucketMeter : Meter
{
    private readonly Tank _queue;

    // Levels count parts of a permit, so many that a tick drains a whole number of them.
    private readonly BigInteger _permit;
    private readonly BigInteger _drain;

    public LeakyBucketMeter(Numbers numbers, Instant now, Rational spent)
        : base(numbers)
    {
        _permit = Period * spent.Denominator;
        _drain = numbers.Rate.Permits * spent.Denominator;
        _queue = new Tank(now.Monotonic, spent.Numerator * Period, Drain);
    }

    public override Rational Spent(Instant now) => new(_queue.LevelAt(now.Monotonic), _permit);

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits) =>
        TimeToDrain(now, _queue.LevelAt(now.Monotonic) - (permits * _permit));

    public override BigInteger? ResetAfter(Instant now) => SpentAtMostAfter(now, BigInteger.Zero);

    public override void Charge(Instant now, BigInteger cost) => _queue.Add(now.Monotonic, cost * _permit);

    public override void Refund(Instant now, BigInteger cost) => _queue.Add(now.Monotonic, -cost * _permit);

    public override void Witness(Instant now, BigInteger capacity)
    {
        if (_queue.Lag(now.Monotonic) > Period)
        {
            _queue.Restart(now.Monotonic, capacity * _permit);
        }
    }

    private BigInteger Drain(BigInteger level, BigInteger ticks) => BigInteger.Max(0, level - (ticks * _drain));

    private BigInteger? TimeToDrain(Instant now, BigInteger excess) =>
        excess <= 0 ? BigInteger.Zero
        : _drain.IsZero ? null
        : _queue.Lag(now.Monotonic) + Exact.CeilingDivide(excess, _drain);
}
