namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    // Seen to fail: peeking acquired.
    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Peeking_touches_nothing_and_tells_what_a_request_would_be_told(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("3/m", algorithm);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal((true, 3L), ((await Limiter.PeekAsync(policy, "key")).IsAllowed, await RemainingAsync(policy)));
        }

        Admit(policy, 2);
        Assert.Equal(1, await RemainingAsync(policy));
        Admit(policy);
        var peeked = await Limiter.PeekAsync(policy, "key");
        Assert.Equal(Reject(policy), peeked);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_reset_key_is_as_new_and_others_stay_as_they_are(RateLimitAlgorithm algorithm)
    {
        var policy = Policy("3/m; 4/h", algorithm);
        Admit(policy, 3);
        Admit(policy, 3, "other");
        await Limiter.ResetAsync(policy, "key");
        Assert.Equal(3, await RemainingAsync(policy));
        Admit(policy, 3);
        Reject(policy, 1, "other");
    }

    [Fact]
    public async Task A_new_bucket_starts_with_its_initial_permits_and_counts_from_its_first_request()
    {
        var policy = RateLimitPolicy.Parse("policy", "10/m") with { InitialPermits = 0 };
        Assert.Equal(TimeSpan.FromSeconds(6), (await Limiter.PeekAsync(policy, "key")).RetryAfter);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromSeconds(6), Reject(policy).RetryAfter);
        Time.Advance(TimeSpan.FromSeconds(6));
        Admit(policy);
        Reject(policy);
    }

    [Fact]
    public async Task A_backend_that_works_says_that_it_is_healthy()
    {
        Assert.True((await Backend.CheckHealthAsync(CancellationToken.None)).IsHealthy);
        Assert.NotEmpty(Backend.Name);
    }
}
