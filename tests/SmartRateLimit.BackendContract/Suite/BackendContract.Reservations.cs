namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public async Task A_token_bucket_reserves_permits_that_come_within_the_longest_wait()
    {
        var policy = RateLimitPolicy.Parse("policy", "2/s") with { MaxWait = TimeSpan.FromSeconds(1) };
        Admit(policy, 2);
        Assert.Equal(TimeSpan.FromMilliseconds(500), (await ReserveAsync(policy)).Delay);
        Assert.Equal(TimeSpan.FromSeconds(1), (await ReserveAsync(policy)).Delay);

        // The third would come after 1.5 s: half a second from now it is near enough.
        var rejection = await ReserveAsync(policy);
        Assert.Equal((false, TimeSpan.FromMilliseconds(500)), (rejection.IsAllowed, rejection.RetryAfter));
        Time.Advance(TimeSpan.FromMilliseconds(500).Ticks - Granule);
        Assert.False((await ReserveAsync(policy)).IsAllowed);
        Time.Advance(Granule);
        Assert.Equal(TimeSpan.FromSeconds(1), (await ReserveAsync(policy)).Delay);
    }

    [Fact]
    public async Task A_call_that_cannot_wait_never_reserves_and_sees_what_others_reserved()
    {
        var policy = RateLimitPolicy.Parse("policy", "2/s") with { MaxWait = TimeSpan.FromSeconds(1) };
        Admit(policy, 2);
        Assert.True((await ReserveAsync(policy)).IsAllowed);
        Assert.Equal((TimeSpan.FromSeconds(1), 0L), (Reject(policy).RetryAfter, Reject(policy).Remaining));
        Time.Advance(TimeSpan.FromSeconds(1));
        Admit(policy);
        Reject(policy);
    }

    [Fact]
    public async Task A_leaky_bucket_admits_only_what_gets_its_turn_within_the_longest_wait()
    {
        var policy = Policy("2/s", RateLimitAlgorithm.LeakyBucket) with { Burst = 10, MaxWait = TimeSpan.FromSeconds(1) };
        foreach (var delay in (int[])[0, 500, 1_000])
        {
            Assert.Equal(TimeSpan.FromMilliseconds(delay), (await ReserveAsync(policy)).Delay);
        }

        var rejection = await ReserveAsync(policy);
        Assert.Equal((false, TimeSpan.FromMilliseconds(500)), (rejection.IsAllowed, rejection.RetryAfter));
        Time.Advance(rejection.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(1), (await ReserveAsync(policy)).Delay);
    }

    private ValueTask<RateLimitDecision> ReserveAsync(RateLimitPolicy policy) =>
        Backend.AcquireAsync(policy, "key", 1, CancellationToken.None);
}
