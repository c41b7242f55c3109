using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Replays admissions on a tank that refills continuously and overflows at its capacity.</summary>
internal sealed class TokenBucketMeter : Meter
{
    private readonly Tank _tank;

    // Levels count parts of a permit, so many that a tick refills a whole number of them.
    private readonly BigInteger _permit;
    private readonly BigInteger _refill;

    public TokenBucketMeter(Numbers numbers, Instant now, Rational spent)
        : base(numbers)
    {
        _permit = Period * spent.Denominator;
        _refill = numbers.Rate.Permits * spent.Denominator;
        Full = numbers.Capacity * _permit;
        _tank = new Tank(now.Monotonic, Full - (spent.Numerator * Period), Refill);
    }

    private BigInteger Full { get; }

    public override Rational Spent(Instant now) => new(Full - _tank.LevelAt(now.Monotonic), _permit);

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits)
    {
        var shortfall = Full - (permits * _permit) - _tank.LevelAt(now.Monotonic);
        return shortfall <= 0 ? BigInteger.Zero
            : _refill.IsZero ? null
            : _tank.Lag(now.Monotonic) + Exact.CeilingDivide(shortfall, _refill);
    }

    public override BigInteger? ResetAfter(Instant now) => SpentAtMostAfter(now, BigInteger.Zero);

    public override void Charge(Instant now, BigInteger cost) => _tank.Add(now.Monotonic, -cost * _permit);

    public override void Refund(Instant now, BigInteger cost) => _tank.Add(now.Monotonic, cost * _permit);

    public override void Witness(Instant now, BigInteger capacity)
    {
        if (_tank.Lag(now.Monotonic) > Period)
        {
            _tank.Restart(now.Monotonic, Full - (capacity * _permit));
        }
    }

    private BigInteger Refill(BigInteger level, BigInteger ticks) => BigInteger.Min(Full, level + (ticks * _refill));
}
