using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Tests.Algorithms;

/// <summary>States of one word, at the edges where a compare-and-swap or a step of a clock decides.</summary>
public sealed class WordTests
{
    private const long Now = 1_000 * TimeSpan.TicksPerSecond;

    [Fact]
    public void A_bucket_can_be_forgotten_only_after_it_became_as_new()
    {
        var word = Cell(RateLimitPolicy.Parse("policy", "10/s"));
        var spent = word.Charge(word.Fresh(Now), Now, 10);

        Assert.False(word.IsForgettable(spent, Now + TimeSpan.TicksPerSecond));
        Assert.True(word.IsForgettable(spent, Now + TimeSpan.TicksPerSecond + 1));
    }

    [Fact]
    public void A_bucket_on_a_clock_that_is_ahead_is_the_same_bucket()
    {
        var word = Cell(RateLimitPolicy.Parse("policy", "10/s"));
        var spent = word.Charge(word.Fresh(Now), Now, 7);

        Assert.Equal(word.ResetIn(spent, Now), word.ResetIn(word.Shift(spent, 12_345), Now + 12_345));
        Assert.Equal(3, word.Remaining(word.Shift(spent, 12_345), Now + 12_345));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(10L, 0)]
    [InlineData(4L, 6)]
    public void What_a_bucket_lacks_at_its_start_is_known(long? initial, long lacking) =>
        Assert.Equal(lacking, Cell(RateLimitPolicy.Parse("policy", "10/s") with { InitialPermits = initial }).SpentAtStart);

    [Fact]
    public void A_clock_that_steps_back_by_a_period_and_no_more_freezes_a_bucket()
    {
        var word = Cell(RateLimitPolicy.Parse("policy", "10/s"));
        var spent = word.Charge(word.Fresh(Now), Now, 10);
        var before = Now - TimeSpan.TicksPerSecond;

        Assert.Equal(spent, word.Observe(spent, before));
        Assert.NotEqual(spent, word.Observe(spent, before - 1));
        Assert.Equal(TimeSpan.TicksPerSecond, word.ResetIn(word.Observe(spent, before - 1), before - 1));
    }

    [Fact]
    public void Everything_comes_back_within_the_time_of_the_burst() =>
        Assert.Equal(3 * TimeSpan.TicksPerSecond, Cell(RateLimitPolicy.Parse("policy", "10/s") with { Burst = 30 }).TicksOfBurst);

    [Fact]
    public void A_window_can_be_forgotten_when_it_is_over()
    {
        var word = Window(RateLimitPolicy.Parse("policy", "10/s") with { Algorithm = RateLimitAlgorithm.FixedWindow });
        var spent = word.Charge(word.Fresh(Now), Now, 3);

        Assert.False(word.IsForgettable(spent, Now + TimeSpan.TicksPerSecond - 1));
        Assert.True(word.IsForgettable(spent, Now + TimeSpan.TicksPerSecond));
        Assert.Equal((7L, TimeSpan.TicksPerSecond - 1), (word.Remaining(spent, Now + 1), word.ResetIn(spent, Now + 1)));
        Assert.Equal(spent, word.Observe(spent, Now + TimeSpan.TicksPerSecond - 1));
        Assert.Equal(10, word.Remaining(word.Observe(spent, Now + TimeSpan.TicksPerSecond), Now + TimeSpan.TicksPerSecond));
        Assert.Equal(9, word.Remaining(word.Refund(spent, Now, 2), Now));
        Assert.Equal(10, word.Remaining(word.Refund(spent, Now, 99), Now));
        Assert.Equal(new WindowCount(Now - (Now % TimeSpan.TicksPerSecond), 3), ((RateMeter<WindowCount>)word.ToMeter(spent, Now)).State);
        Assert.Equal(7, word.ToMeter(spent, Now).Remaining(Now));
        Assert.Equal(0, word.SpentAtStart);
    }

    private static CellWord Cell(RateLimitPolicy policy) =>
        policy.Program.Rules[0] is RateRule<long> { Algorithm: CellBucket<long> bucket } rule ? new CellWord(rule, bucket) : throw new InvalidOperationException();

    private static WindowWord Window(RateLimitPolicy policy) =>
        policy.Program.Rules[0] is RateRule<WindowCount> { Algorithm: FixedWindow window } rule ? new WindowWord(rule, window) : throw new InvalidOperationException();
}
