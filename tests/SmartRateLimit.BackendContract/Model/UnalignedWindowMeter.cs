using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>Sums admissions in windows, each of which starts at the first admission after the one before has ended.</summary>
internal sealed class UnalignedWindowMeter(Numbers numbers) : Meter(numbers)
{
    private readonly List<Event> _window = [];

    public override Rational Spent(Instant now) =>
        new(IsRunning(now) ? _window.Aggregate(BigInteger.Zero, (sum, e) => sum + e.Cost) : BigInteger.Zero);

    public override BigInteger? SpentAtMostAfter(Instant now, BigInteger permits) =>
        Spent(now).Ceiling <= permits ? BigInteger.Zero : ResetAfter(now);

    public override BigInteger? ResetAfter(Instant now) =>
        IsRunning(now) ? _window[0].Time + Period - now.Monotonic : BigInteger.Zero;

    public override void Charge(Instant now, BigInteger cost)
    {
        if (cost > 0)
        {
            if (!IsRunning(now))
            {
                _window.Clear();
            }

            _window.Add(new Event(now.Monotonic, cost));
        }
    }

    public override void Refund(Instant now, BigInteger cost) => _window.Remove(new Event(now.Monotonic, cost));

    private bool IsRunning(Instant now) => _window.Count > 0 && now.Monotonic < _window[0].Time + Period;
}
