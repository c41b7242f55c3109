namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    public static TheoryData<RateLimitAlgorithm, RateLimitAlgorithm> AlgorithmPairs
    {
        get
        {
            var data = new TheoryData<RateLimitAlgorithm, RateLimitAlgorithm>();
            foreach (var from in Enum.GetValues<RateLimitAlgorithm>())
            {
                foreach (var to in Enum.GetValues<RateLimitAlgorithm>())
                {
                    data.Add(from, to);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AlgorithmPairs))]
    public async Task What_was_spent_under_other_numbers_stays_spent(RateLimitAlgorithm from, RateLimitAlgorithm to)
    {
        Admit(Policy("10/m", from), 7);
        Assert.Equal(5, await RemainingAsync(Policy("12/m", to)));
        Assert.Equal(0, await RemainingAsync(Policy("6/m", to)));
        Assert.Equal(93, await RemainingAsync(Policy("100/h", to)));
        Admit(Policy("12/m", to), 5);
        Reject(Policy("12/m", to));
        Reject(Policy("10/m", from));
    }

    // Seen to fail: a change made every meter new.
    [Theory]
    [MemberData(nameof(AlgorithmPairs))]
    public void Numbers_that_change_for_ever_never_admit_more_than_the_larger(RateLimitAlgorithm from, RateLimitAlgorithm to)
    {
        var random = new Random(5);
        RateLimitPolicy[] policies = [Policy("10/m", from), Policy("14/m", to)];
        var admitted = 0L;
        for (var i = 0; i < 200; i++)
        {
            var cost = random.Next(4);
            admitted += Limiter.Acquire(policies[random.Next(2)], "key", cost).IsAllowed ? cost : 0;
        }

        Assert.Equal(14, admitted);
    }

    [Theory]
    [MemberData(nameof(AlgorithmPairs))]
    public void After_a_change_the_announced_wait_is_honest_and_no_longer_than_the_old_numbers_meant(RateLimitAlgorithm from, RateLimitAlgorithm to)
    {
        Time.Advance(TimeSpan.FromSeconds(10));
        Admit(Policy("100/m", from), 100);
        var changed = Policy("2/m", to);
        Assert.InRange(Reject(changed).RetryAfter, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(2));
        WaitHonestly(changed, 1);
    }

    [Theory]
    [MemberData(nameof(AlgorithmPairs))]
    public async Task Asking_in_vain_after_a_change_does_not_move_what_was_spent(RateLimitAlgorithm from, RateLimitAlgorithm to)
    {
        Admit(Policy("10/m", from), 10);
        var before = await Limiter.PeekAsync(Policy("10/m", from), "key");
        Reject(Policy("3/h", to));
        Assert.Equal(before.RetryAfter, Reject(Policy("10/m", from)).RetryAfter);
    }

    [Fact]
    public async Task Rates_added_and_removed_keep_what_the_others_counted()
    {
        Admit(RateLimitPolicy.Parse("policy", "10/m; 100/d"), 8);
        Assert.Equal(2, await RemainingAsync(RateLimitPolicy.Parse("policy", "10/m")));
        Assert.Equal(92, await RemainingAsync(RateLimitPolicy.Parse("policy", "100/d")));
        Assert.Equal(1, await RemainingAsync(RateLimitPolicy.Parse("policy", "100/d; 9/m; 1000/w")));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Raising_the_limit_adds_only_the_difference(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("10/m", algorithm);
        Admit(policy, 10);
        if (algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket)
        {
            Assert.Equal(4, Limiter.Acquire(policy with { Burst = 15 }, "key").Remaining);
        }
        else
        {
            Assert.Equal(4, Limiter.Acquire(policy with { Rates = [Rate.Parse("15/m")] }, "key").Remaining);
        }
    }
}
