using System.Threading.RateLimiting;
using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Bridges;

/// <summary>What only our bridge has: keys, waits by reservation, reasons, and limits that never come back.</summary>
public sealed class BridgeTests
{
    private const int Patience = 20_000;

    private readonly FakeTime _time = new();
    private readonly SmartRateLimiter _limiter;

    public BridgeTests() => _limiter = new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { TimeProvider = _time }), _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Partitions_are_the_buckets_of_their_keys()
    {
        var policy = RateLimitPolicy.Parse("partitioned", "1/m");
        await using var limiter = _limiter.AsPartitionedRateLimiter<Uri>(policy, uri => uri.Host);

        Assert.True(limiter.AttemptAcquire(new Uri("https://one.example/a")).IsAcquired);
        Assert.False(limiter.AttemptAcquire(new Uri("https://one.example/b")).IsAcquired);
        Assert.True((await limiter.AcquireAsync(new Uri("https://two.example/"), 1, Token)).IsAcquired);
        Assert.Equal(1, limiter.GetStatistics(new Uri("https://one.example/"))!.TotalFailedLeases);
        Assert.False(_limiter.Acquire(policy, "one.example").IsAllowed);
    }

    [Fact(Timeout = Patience)]
    public async Task Each_partition_has_a_queue_of_its_own()
    {
        var options = new RateLimiterBridgeOptions { QueueLimit = 1, TimeProvider = _time };
        await using var limiter = _limiter.AsPartitionedRateLimiter<string>(RateLimitPolicy.Parse("queues", "1/m"), key => key, options);
        limiter.AttemptAcquire("a");
        limiter.AttemptAcquire("b");

        var a = limiter.AcquireAsync("a", 1, Token).AsTask();
        var b = limiter.AcquireAsync("b", 1, Token).AsTask();
        Assert.False((await limiter.AcquireAsync("a", 1, Token)).IsAcquired);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await a).IsAcquired);
        Assert.True((await b).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task A_policys_own_wait_needs_no_queue_and_can_be_given_up()
    {
        var policy = RateLimitPolicy.Parse("reserved", "1/m") with { MaxWait = TimeSpan.FromMinutes(2) };
        await using var limiter = _limiter.AsRateLimiter(policy);
        limiter.AttemptAcquire();
        using var giveUp = new CancellationTokenSource();

        var waiting = limiter.AcquireAsync(1, Token).AsTask();
        var givenUp = limiter.AcquireAsync(1, giveUp.Token).AsTask();
        Assert.False((await limiter.AcquireAsync(1, Token)).IsAcquired);
        await giveUp.CancelAsync();

        Assert.Equal(giveUp.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp)).CancellationToken);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await waiting).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task Disposing_fails_those_who_wait_for_their_reservation()
    {
        var limiter = _limiter.AsRateLimiter(RateLimitPolicy.Parse("abandoned", "1/m") with { MaxWait = TimeSpan.FromMinutes(1) });
        limiter.AttemptAcquire();
        var waiting = limiter.AcquireAsync(1, Token).AsTask();

        await limiter.DisposeAsync();

        Assert.False((await waiting).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task What_never_comes_back_is_not_waited_for()
    {
        var policy = RateLimitPolicy.Parse("finite", "0/m") with { Burst = 1 };
        await using var limiter = _limiter.AsRateLimiter(policy, options: new RateLimiterBridgeOptions { QueueLimit = 9, TimeProvider = _time });
        limiter.AttemptAcquire();

        Assert.False((await limiter.AcquireAsync(1, Token)).IsAcquired);
    }

    [Fact]
    public void A_failed_lease_says_why()
    {
        using var limiter = _limiter.AsRateLimiter(RateLimitPolicy.Parse("reasoned", "1/m"));
        limiter.AttemptAcquire();

        using var lease = limiter.AttemptAcquire();

        Assert.True(lease.TryGetMetadata(MetadataName.ReasonPhrase, out var reason));
        Assert.Contains("reasoned", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        var policy = RateLimitPolicy.Parse("ranged", "1/m");

        Assert.Throws<ArgumentOutOfRangeException>(() => _limiter.AsRateLimiter(policy, options: new RateLimiterBridgeOptions { QueueLimit = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _limiter.AsRateLimiter(policy, options: new RateLimiterBridgeOptions { QueueProcessingOrder = (QueueProcessingOrder)9 }));
        Assert.Throws<ArgumentNullException>(() => _limiter.AsRateLimiter(policy, options: new RateLimiterBridgeOptions { TimeProvider = null! }));
    }
}
