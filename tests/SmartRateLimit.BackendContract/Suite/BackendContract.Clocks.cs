namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    public static TheoryData<RateLimitAlgorithm, double> StepsBack
    {
        get
        {
            var data = new TheoryData<RateLimitAlgorithm, double>();
            foreach (var algorithm in Enum.GetValues<RateLimitAlgorithm>())
            {
                foreach (var periods in (double[])[0.01, 0.3, 1, 1.5, 3, 60, 100_000])
                {
                    data.Add(algorithm, periods);
                }
            }

            return data;
        }
    }

    // Seen to fail: a step back made the key new; and it was waited for until the clock had caught up.
    [Theory]
    [MemberData(nameof(StepsBack))]
    public void Clocks_that_step_back_mint_nothing_and_block_nobody_for_long(RateLimitAlgorithm algorithm, double periods)
    {
        var policy = Policy("6/m", algorithm);
        Time.Advance(TimeSpan.FromSeconds(25));
        Admit(policy, 6);
        var step = TimeSpan.FromMinutes(periods);
        Time.StepWall(-step);
        Time.StepMonotonic(-step);

        // Up to one period the key's time stands still; after a larger step everything counts as spent now.
        var longest = TimeSpan.FromMinutes(1) + (periods <= 1 ? step : TimeSpan.FromTicks(1));
        var rejection = Reject(policy);
        Assert.InRange(rejection.RetryAfter, TimeSpan.FromTicks(1), longest);
        WaitHonestly(policy, 1);
    }

    [Theory]
    [MemberData(nameof(StepsBack))]
    public async Task Clocks_that_step_back_take_nothing_from_a_key_that_nobody_asked_for(RateLimitAlgorithm algorithm, double periods)
    {
        var policy = Policy("6/m", algorithm);
        Admit(policy, 1, "other");
        Time.StepWall(-TimeSpan.FromMinutes(periods));
        Time.StepMonotonic(-TimeSpan.FromMinutes(periods));
        Assert.Equal(6, await RemainingAsync(policy));
        Admit(policy, 6);
    }

    // Seen to fail: permits that come back after a bucket is full were kept.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Clocks_that_jump_ahead_mint_no_more_than_the_limit(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("6/m", algorithm);
        Admit(policy, 6);
        Time.StepWall(TimeSpan.FromDays(400));
        Time.StepMonotonic(TimeSpan.FromDays(400));
        Assert.Equal(6, await RemainingAsync(policy));
        Admit(policy, 6);
        Reject(policy);
    }
}
