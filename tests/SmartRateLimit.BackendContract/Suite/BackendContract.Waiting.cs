namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    /// <summary>Rounds of random waits for each rate; an heir whose decisions are slow may want fewer.</summary>
    protected virtual int WaitingRounds => 20;

    // Seen to fail: one tick too little was announced; and one tick too much.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Waiting_the_retry_after_succeeds_and_a_tick_less_never_does(RateLimitAlgorithm algorithm)
    {
        var random = new Random(7);
        foreach (var rates in (string[])["3/s", "7/m", "10/s; 31/m", "1/1ms", "1/w", "9973/h"])
        {
            var policy = Policy(rates, algorithm, rates);
            for (var round = 0; round < WaitingRounds; round++)
            {
                var capacity = policy.Rates.Min(rate => rate.Permits);
                var cost = random.NextInt64(1, capacity + 1);
                while (Limiter.Acquire(policy, "key", cost).IsAllowed)
                {
                    Time.Advance(Whole(random.NextInt64(1 + (policy.Rates[0].Period.Ticks / 7))));
                }

                WaitHonestly(policy, cost);
            }
        }
    }

    // Seen to fail: the interval of a permit was rounded up to whole ticks.
    [Fact]
    public void A_bucket_of_three_a_second_carries_every_remainder()
    {
        var policy = RateLimitPolicy.Parse("policy", "3/s") with { InitialPermits = 0 };
        Reject(policy);
        var admitted = 0;
        for (var poll = 0; poll < 120; poll++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(500));
            while (Limiter.Acquire(policy, "key").IsAllowed)
            {
                admitted++;
            }
        }

        Assert.Equal(180, admitted);
    }

    [Fact]
    public void A_permit_every_ten_milliseconds_gives_two_hundred_in_two_seconds()
    {
        var policy = RateLimitPolicy.Parse("policy", "1/10ms");
        var admitted = 0;
        for (var poll = 0; poll < 2_000; poll++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(1));
            admitted += Limiter.Acquire(policy, "key").IsAllowed ? 1 : 0;
        }

        Assert.Equal(200, admitted);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_key_that_was_idle_for_long_has_its_limit_and_no_more(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("5/s", algorithm);
        Admit(policy, 5);
        Time.Advance(TimeSpan.FromDays(110));
        Assert.Equal(5, await RemainingAsync(policy));
        Admit(policy, 5);
        Reject(policy);
    }

    [Fact]
    public void A_leaky_bucket_delays_each_call_by_what_is_before_it()
    {
        var policy = Policy("4/s", RateLimitAlgorithm.LeakyBucket);
        for (var before = 0; before < 4; before++)
        {
            Assert.Equal(TimeSpan.FromMilliseconds(250 * before), Limiter.Acquire(policy, "key").Delay);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(250), Reject(policy).RetryAfter);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(TimeSpan.FromMilliseconds(750), Limiter.Acquire(policy, "key").Delay);
    }

    /// <summary>Expects rejection at fractions of the announced wait and one tick before its end, and admission at its end.</summary>
    private protected void WaitHonestly(RateLimitPolicy policy, long cost)
    {
        var wait = Reject(policy, cost).RetryAfter.Ticks;
        Assert.InRange(wait, 1, long.MaxValue);
        var waited = 0L;
        foreach (var until in (long[])[Whole(wait / 3), Whole(wait / 2), Whole(wait - (wait / 1_000) - 1), wait - Granule])
        {
            if (until > waited)
            {
                Time.Advance(until - waited);
                waited = until;
                Assert.Equal(wait - waited, Reject(policy, cost).RetryAfter.Ticks);
            }
        }

        Time.Advance(wait - waited);
        Admit(policy, cost);
    }
}
