using System.Collections.Immutable;

namespace SmartRateLimit.Tests.Policies;

public sealed class RateLimitPolicyTests
{
    private static readonly RateLimitPolicy Valid = RateLimitPolicy.Parse("search", "10/s; 500/h");

    [Fact]
    public void A_policy_says_nothing_but_its_rates_by_default()
    {
        Assert.Equal(["10/s", "500/h"], Valid.Rates.Select(rate => rate.ToString()));
        Assert.Equal((RateLimitAlgorithm.TokenBucket, FailureMode.Local, true, false), (Valid.Algorithm, Valid.OnBackendFailure, Valid.AlignToClock, Valid.Shadow));
        Assert.Equal((null, null, TimeSpan.Zero, null), (Valid.Burst, Valid.InitialPermits, Valid.MaxWait, Valid.Backend));
        Assert.Same(Valid, Valid.Validate());
    }

    [Fact]
    public void Each_property_is_checked_when_it_is_set()
    {
        Assert.ThrowsAny<ArgumentException>(() => Valid with { Name = "" });
        Assert.ThrowsAny<ArgumentException>(() => Valid with { Name = " " });
        Assert.ThrowsAny<ArgumentException>(() => Valid with { Rates = [] });
        Assert.ThrowsAny<ArgumentException>(() => Valid with { Rates = default });
        Assert.ThrowsAny<ArgumentException>(() => Valid with { Rates = [.. Enumerable.Repeat(Rate.Parse("1/s"), RateLimitPolicy.MaxRates + 1)] });
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { Rates = [new Rate(-1, TimeSpan.FromSeconds(1))] });
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { Algorithm = (RateLimitAlgorithm)99 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { OnBackendFailure = (FailureMode)99 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { Burst = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { InitialPermits = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { MaxWait = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => Valid with { MaxWait = TimeSpan.MaxValue });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-10_000)]
    [InlineData(1)]
    [InlineData(9_999)]
    [InlineData(10_001)]
    [InlineData((365_250L * TimeSpan.TicksPerDay) + 10_000)]
    [InlineData(long.MaxValue)]
    public void A_period_is_whole_milliseconds_up_to_a_thousand_years(long ticks) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimitPolicy("policy", new Rate(1, TimeSpan.FromTicks(ticks))));

    [Fact]
    public void Properties_that_contradict_each_other_are_named()
    {
        Contradiction(Valid with { Algorithm = RateLimitAlgorithm.FixedWindow, Burst = 5 }, "Burst", "FixedWindow");
        Contradiction(Valid with { Algorithm = RateLimitAlgorithm.SlidingWindow, InitialPermits = 5 }, "InitialPermits", "SlidingWindow");
        Contradiction(Valid with { Algorithm = RateLimitAlgorithm.SlidingWindowCounter, MaxWait = TimeSpan.FromSeconds(1) }, "MaxWait", "SlidingWindowCounter");
        Contradiction(Valid with { AlignToClock = false }, "AlignToClock", "TokenBucket");
        Contradiction(Valid with { Burst = 5, InitialPermits = 6 }, "InitialPermits", "5");
        Contradiction(Valid with { InitialPermits = 11 }, "InitialPermits", "10");
        Contradiction(RateLimitPolicy.Parse("policy", "10001/d") with { Algorithm = RateLimitAlgorithm.SlidingWindow }, "10000", "SlidingWindowCounter");
        Contradiction(RateLimitPolicy.Parse("policy", "0/s") with { Algorithm = RateLimitAlgorithm.LeakyBucket, Burst = 5 }, "leaky bucket", "0/s");
        Contradiction(RateLimitPolicy.Parse("policy", "1/d") with { Burst = long.MaxValue }, "1/d", "10000 years");
    }

    [Fact]
    public void A_contradiction_stops_the_first_use()
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        Assert.Throws<ArgumentException>(() => limiter.Acquire(Valid with { AlignToClock = false }, "key"));
    }

    [Fact]
    public void With_forgets_what_was_worked_out_for_the_original()
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        var small = RateLimitPolicy.Parse("small", "1/d");
        Assert.Equal(1, limiter.Acquire(small, "key").Limit);
        Assert.Equal(7, limiter.Acquire(small with { Name = "large", Rates = [Rate.Parse("7/d")] }, "key").Limit);
        Assert.Equal(1, limiter.Acquire(small, "key").Limit);
    }

    [Fact]
    public void Policies_are_equal_when_every_property_is()
    {
        var same = RateLimitPolicy.Parse("search", "10/s; 500/h");
        Assert.Equal(Valid, same);
        Assert.Equal(Valid.GetHashCode(), same.GetHashCode());
        RateLimitPolicy[] others =
        [
            Valid with { Name = "other" }, Valid with { Rates = ImmutableArray.Create(Rate.Parse("10/s")) }, Valid with { Burst = 10 },
            Valid with { InitialPermits = 1 }, Valid with { Algorithm = RateLimitAlgorithm.LeakyBucket }, Valid with { AlignToClock = false },
            Valid with { OnBackendFailure = FailureMode.Open }, Valid with { MaxWait = TimeSpan.FromTicks(1) }, Valid with { Backend = "b" }, Valid with { Shadow = true },
        ];
        Assert.All(others, other => Assert.NotEqual(Valid, other));
    }

    [Fact]
    public void A_rate_text_that_is_wrong_says_where()
    {
        var error = Assert.Throws<FormatException>(() => RateLimitPolicy.Parse("policy", "10/s; 5/fortnight"));
        Assert.Contains("position 8", error.Message, StringComparison.Ordinal);
        Assert.Contains("fortnight", error.Message, StringComparison.Ordinal);
    }

    private static void Contradiction(RateLimitPolicy policy, params string[] names)
    {
        var error = Assert.Throws<ArgumentException>(() => policy.Validate());
        Assert.All(names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        Assert.Contains($"\"{policy.Name}\"", error.Message, StringComparison.Ordinal);
    }
}
