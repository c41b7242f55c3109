using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>One key of one policy: all rates admit, or nothing is charged.</summary>
/// <param name="granule">Ticks in one step of the clock: waits that are the same in steps are the same.</param>
/// <param name="step">Ticks in one part of a period in which spending is held; 0 where the largest parts that do are taken.</param>
internal sealed class Bucket(long granule, long step)
{
    private List<Slot> _slots = [];

    /// <summary>Brings the bucket under a policy's numbers; what rates counted goes on counting for those that follow them.</summary>
    public void Adopt(RateLimitPolicy policy, Instant now)
    {
        var numbers = Numbers.Of(policy, granule, step);
        if (!_slots.Select(slot => slot.Numbers).SequenceEqual(numbers))
        {
            _slots = [.. numbers.Select(wanted => new Slot(
                wanted,
                Predecessor(wanted)?.Meter.Copy() ?? Meter.Create(wanted, now, wanted.SpentWhenNew)))];
        }
    }

    /// <summary>The rate from which another starts: the longest that is not longer, or else the shortest.</summary>
    private Slot? Predecessor(Numbers wanted) =>
        _slots.Where(slot => slot.Numbers.Rate.Period <= wanted.Rate.Period).MaxBy(slot => slot.Numbers.Rate.Period)
        ?? _slots.MinBy(slot => slot.Numbers.Rate.Period);

    public Bucket Copy() => new(granule, step) { _slots = _slots.ConvertAll(slot => new Slot(slot.Numbers, slot.Meter.Copy())) };

    public Answer Peek(Instant now) => Decide(now, BigInteger.One, BigInteger.Zero, charge: false);

    public Answer Acquire(Instant now, BigInteger cost, BigInteger patience) => Decide(now, cost, patience, charge: true);

    public void Refund(Instant now, BigInteger cost) => _slots.ForEach(slot => slot.Meter.Refund(now, cost));

    private Answer Decide(Instant now, BigInteger cost, BigInteger patience, bool charge)
    {
        _slots.ForEach(slot => slot.Meter.Witness(now, slot.Numbers.Capacity));
        var tooSmall = _slots.FindIndex(slot => cost > slot.Numbers.Capacity);
        if (tooSmall >= 0)
        {
            return Describe(now, RateLimitReason.CostExceedsLimit, tooSmall, retryAfter: null, delay: BigInteger.Zero);
        }

        var verdicts = _slots.ConvertAll(slot => slot.Ask(now, cost, patience));
        var refused = Longest(verdicts, verdict => !verdict.IsAdmitted);
        if (refused >= 0)
        {
            return Describe(now, RateLimitReason.Exceeded, refused, verdicts[refused].Wait, delay: BigInteger.Zero);
        }

        if (charge)
        {
            _slots.ForEach(slot => slot.Charge(now, cost));
        }

        var slowest = Longest(verdicts, verdict => verdict.IsAdmitted);
        return Describe(now, RateLimitReason.Allowed, -1, retryAfter: BigInteger.Zero, verdicts[slowest].Wait);
    }

    private Answer Describe(Instant now, RateLimitReason reason, int violated, BigInteger? retryAfter, BigInteger? delay)
    {
        var scarcest = _slots.MinBy(slot => slot.Remaining(now))!;
        return new Answer(
            reason,
            _slots.IndexOf(scarcest),
            violated,
            scarcest.Numbers.Capacity,
            scarcest.Remaining(now),
            retryAfter,
            scarcest.Meter.ResetAfter(now),
            delay);
    }

    /// <summary>Index of the first of the longest waits among some verdicts, or -1.</summary>
    private int Longest(List<Verdict> verdicts, Func<Verdict, bool> among)
    {
        var longest = -1;
        for (var i = 0; i < verdicts.Count; i++)
        {
            if (among(verdicts[i]) && (longest < 0 || InSteps(verdicts[i].Wait).Exceeds(InSteps(verdicts[longest].Wait))))
            {
                longest = i;
            }
        }

        return longest;
    }

    private BigInteger? InSteps(BigInteger? wait) => wait is { } ticks ? Exact.CeilingDivide(ticks, granule) : null;
}
