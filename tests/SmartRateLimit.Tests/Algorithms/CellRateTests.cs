using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Tests.Algorithms;

/// <summary>A bucket of three permits, of which each takes ten ticks to come back, in units of half a tick.</summary>
public sealed class CellRateTests
{
    private const long Now = 1_000;
    private const long At = 2 * Now;

    private static readonly CellRate<long> Cells =
        new() { UnitsPerPermit = 20, UnitsPerTick = 2, Burst = 3, InitialPermits = 1, MostOutstanding = 60, Period = 20 };

    [Fact]
    public void A_new_bucket_lacks_what_it_does_not_start_with() => Assert.Equal(At + 40, Cells.Fresh(Now));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(80, 80)]
    [InlineData(81, 60)]
    [InlineData(10_000, 60)]
    public void More_than_a_period_beyond_what_can_be_everything_counts_as_spent_now(long outstanding, long observed)
    {
        Assert.Equal(At + observed, Cells.Observe(At + outstanding, Now));
        Assert.Equal(At - 5, Cells.Observe(At - 5, Now));
    }

    [Theory]
    [InlineData(-7, 0, true)]
    [InlineData(0, 0, true)]
    [InlineData(1, 1, false)]
    [InlineData(20, 1, false)]
    [InlineData(21, 2, false)]
    public void What_is_spent_is_rounded_up_to_permits(long outstanding, long spent, bool isIdle)
    {
        Assert.Equal(spent, Cells.SpentPermits(At + outstanding, Now));
        Assert.Equal(isIdle, Cells.IsIdle(At + outstanding, Now));
    }

    [Theory]
    [InlineData(60, 3, 0)]
    [InlineData(60, 2, 10)]
    [InlineData(61, 2, 11)]
    [InlineData(60, 0, 30)]
    [InlineData(-9, 0, 0)]
    public void The_wait_is_what_comes_back_too_late_rounded_up_to_ticks(long outstanding, long permits, long wait) =>
        Assert.Equal(wait, Cells.WaitUntilSpentAtMost(At + outstanding, Now, permits));

    [Fact]
    public void What_never_comes_back_is_waited_for_for_ever() =>
        Assert.Equal(Ticks.Never, (Cells with { UnitsPerTick = 0 }).WaitUntilSpentAtMost(60, Now, 2));

    [Theory]
    [InlineData(-9, 1, 20)]
    [InlineData(30, 1, 50)]
    [InlineData(30, 0, 30)]
    public void A_charge_comes_on_top_of_what_is_spent(long outstanding, long cost, long charged) =>
        Assert.Equal(At + charged, Cells.Charge(At + outstanding, Now, cost));

    [Theory]
    [InlineData(50, 1, 30)]
    [InlineData(20, 1, 0)]
    [InlineData(10, 1, 0)]
    [InlineData(-9, 1, 0)]
    public void A_refund_never_leaves_more_than_nothing_spent(long outstanding, long cost, long left) =>
        Assert.Equal(At + left, Cells.Refund(At + outstanding, Now, cost));

    [Fact]
    public void What_was_spent_under_other_numbers_is_rounded_up_to_units() =>
        Assert.Equal(At + 27, Cells.FromSpent(Now, new Fraction(4, 3)));
}
