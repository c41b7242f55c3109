namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Parallel_callers_are_admitted_exactly_up_to_the_limit(RateLimitAlgorithm algorithm)
    {
        const int Workers = 8;
        const int Calls = 500;
        var policy = Policy("1500/d; 2000/w", algorithm);
        var admitted = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < Calls; i++)
            {
                var decision = worker % 2 == 0 ? Limiter.Acquire(policy, "key") : await Backend.AcquireAsync(policy, "key", 1, CancellationToken.None);
                if (decision.IsAllowed)
                {
                    Interlocked.Increment(ref admitted);
                }
            }
        })));

        Assert.Equal(1_500, admitted);
    }

    [Fact]
    public async Task Parallel_callers_with_many_keys_each_get_their_own_limit()
    {
        var policy = RateLimitPolicy.Parse("policy", "10/d");
        var admitted = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (Limiter.Acquire(policy, FormattableString.Invariant($"key {i % 50}")).IsAllowed)
                {
                    Interlocked.Increment(ref admitted);
                }
            }
        })));

        Assert.Equal(500, admitted);
    }
}
