namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public void An_aligned_window_is_half_open_and_ends_on_the_clock()
    {
        var policy = Policy("2/m", RateLimitAlgorithm.FixedWindow);
        Time.Advance(TimeSpan.FromSeconds(60).Ticks - Granule);
        Admit(policy, 2);
        Assert.Equal(Granule, Reject(policy).RetryAfter.Ticks);
        Time.Advance(Granule);
        var next = Limiter.Acquire(policy, "key");
        Assert.Equal((true, 1L, TimeSpan.FromMinutes(1)), (next.IsAllowed, next.Remaining, next.ResetAfter));
    }

    [Fact]
    public async Task An_aligned_window_says_when_it_ends_also_when_it_is_empty()
    {
        var policy = Policy("2/m", RateLimitAlgorithm.FixedWindow);
        Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(40), (await Limiter.PeekAsync(policy, "key")).ResetAfter);
    }

    [Fact]
    public async Task An_unaligned_window_starts_at_the_first_admitted_request()
    {
        var policy = Policy("2/m", RateLimitAlgorithm.FixedWindow) with { AlignToClock = false };
        Time.Advance(TimeSpan.FromSeconds(50));
        Reject(policy, 3);
        Admit(policy, 0);
        Assert.Equal(TimeSpan.Zero, (await Limiter.PeekAsync(policy, "key")).ResetAfter);
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromMinutes(1), Limiter.Acquire(policy, "key", 2).ResetAfter);
        Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(1), Reject(policy).RetryAfter);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, (await Limiter.PeekAsync(policy, "key")).ResetAfter);
        Admit(policy, 2);
    }

    [Fact]
    public void A_sliding_window_lets_each_request_leave_exactly_one_period_later()
    {
        var policy = Policy("3/m", RateLimitAlgorithm.SlidingWindow);
        Admit(policy);
        Time.Advance(TimeSpan.FromSeconds(10));
        Admit(policy, 2);
        Time.Advance(TimeSpan.FromSeconds(50).Ticks - Granule);
        Assert.Equal(Granule, Reject(policy).RetryAfter.Ticks);
        Time.Advance(Granule);
        Admit(policy);
        Assert.Equal(TimeSpan.FromSeconds(10), Reject(policy).RetryAfter);
    }

    [Fact]
    public void A_sliding_window_never_admits_more_than_the_limit_in_any_period()
    {
        var policy = Policy("10/s", RateLimitAlgorithm.SlidingWindow);
        var random = new Random(11);
        var admissions = new List<long>();
        for (var now = 0L; now < 60 * TimeSpan.TicksPerSecond;)
        {
            var step = Whole(random.NextInt64(TimeSpan.TicksPerSecond / 15));
            Time.Advance(step);
            now += step;
            if (Limiter.Acquire(policy, "key").IsAllowed)
            {
                admissions.Add(now);
                Assert.InRange(admissions.Count(at => at > now - TimeSpan.TicksPerSecond), 1, 10);
            }
        }

        Assert.InRange(admissions.Count, 500, 610);
    }

    [Fact]
    public void A_sliding_counter_weighs_the_previous_window_by_its_overlap_rounded_down()
    {
        var policy = Policy("50/m", RateLimitAlgorithm.SlidingWindowCounter);
        Admit(policy, 42);
        Time.Advance(TimeSpan.FromSeconds(75));

        // floor(42 × 45 / 60) = 31.
        Assert.Equal(0, Limiter.Acquire(policy, "key", 19).Remaining);

        // floor(42 × (60 − e) / 60) must come down to 30: less than 31 × 60 / 42 = 44.2857… s may still overlap.
        var wait = Reject(policy).RetryAfter;
        Assert.Equal(TimeSpan.FromTicks(WholeUp((45 * TimeSpan.TicksPerSecond) - (31 * TimeSpan.TicksPerMinute / 42))), wait);
        Time.Advance(wait);
        Admit(policy);
    }
}
