using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>One rate that decides for a bucket, over a meter that may still be of earlier numbers.</summary>
/// <remarks>After a change of numbers the old meter goes on until an admitted request moves what it says is spent.</remarks>
internal sealed class Slot(Numbers numbers, Meter meter)
{
    public Numbers Numbers => numbers;

    public Meter Meter { get; private set; } = meter;

    public BigInteger Remaining(Instant now) => BigInteger.Max(0, numbers.Capacity - Meter.Spent(now).Ceiling);

    /// <summary>Decides a cost, when the caller would wait up to <paramref name="patience"/> ticks for it.</summary>
    public Verdict Ask(Instant now, BigInteger cost, BigInteger patience)
    {
        if (numbers.Capacity == 0 || cost > numbers.Capacity)
        {
            return Verdict.Never;
        }

        if (cost.IsZero)
        {
            return Verdict.Admitted(BigInteger.Zero);
        }

        var room = Meter.SpentAtMostAfter(now, numbers.Capacity - cost);
        return numbers.Algorithm switch
        {
            RateLimitAlgorithm.LeakyBucket => Queue(room, Meter.SpentAtMostAfter(now, BigInteger.Zero), patience),
            RateLimitAlgorithm.TokenBucket => room <= patience ? Verdict.Admitted(room) : Verdict.Rejected(room - patience),
            _ => room.IsNow() ? Verdict.Admitted(BigInteger.Zero) : Verdict.Rejected(room),
        };
    }

    public void Charge(Instant now, BigInteger cost)
    {
        if (cost > 0 && !Meter.Numbers.CanCountFor(numbers))
        {
            Meter = Meter.Create(numbers, now, Meter.Spent(now));
        }

        Meter.Charge(now, cost);
    }

    private static Verdict Queue(BigInteger? room, BigInteger? empty, BigInteger patience)
    {
        var soonEnough = patience.IsZero || empty <= patience ? BigInteger.Zero : empty - patience;
        var retry = room is null || soonEnough is null ? null : (BigInteger?)BigInteger.Max(room.Value, soonEnough.Value);
        return retry.IsNow() ? Verdict.Admitted(empty) : Verdict.Rejected(retry);
    }
}
