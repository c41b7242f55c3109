using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Limiting;

public sealed class MaxWaitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTime _time = new();
    private readonly SmartRateLimiter _limiter;

    public MaxWaitTests() =>
        _limiter = new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { TimeProvider = _time }), _time);

    [Fact]
    public async Task Waiters_proceed_one_by_one_in_the_order_in_which_they_asked()
    {
        var policy = RateLimitPolicy.Parse("policy", "2/s") with { MaxWait = TimeSpan.FromSeconds(2) };
        Assert.True(_limiter.Acquire(policy, "key", 2).IsAllowed);
        var waiters = Enumerable.Range(0, 4).Select(_ => _limiter.AcquireAsync(policy, "key").AsTask()).ToArray();
        for (var next = 0; next < waiters.Length; next++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(499));
            Assert.False(waiters[next].IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True((await waiters[next].WaitAsync(Patience)).IsAllowed);
        }
    }

    [Fact]
    public async Task A_wait_beyond_the_longest_is_rejected_at_once()
    {
        var policy = RateLimitPolicy.Parse("policy", "2/s") with { MaxWait = TimeSpan.FromSeconds(1) };
        Assert.True(_limiter.Acquire(policy, "key", 2).IsAllowed);
        var waiters = new[] { _limiter.AcquireAsync(policy, "key").AsTask(), _limiter.AcquireAsync(policy, "key").AsTask() };
        var rejected = _limiter.AcquireAsync(policy, "key");
        Assert.True(rejected.IsCompleted);
        var decision = await rejected;
        Assert.Equal((false, TimeSpan.FromMilliseconds(500)), (decision.IsAllowed, decision.RetryAfter));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(await Task.WhenAll(waiters).WaitAsync(Patience), waited => Assert.True(waited.IsAllowed));
    }

    // Seen to fail: whoever gave up went on waiting; what they had reserved was handed back.
    [Fact]
    public async Task A_cancelled_reservation_stays_spent()
    {
        var policy = RateLimitPolicy.Parse("policy", "2/s") with { MaxWait = TimeSpan.FromSeconds(2) };
        Assert.True(_limiter.Acquire(policy, "key", 2).IsAllowed);
        using var cancellation = new CancellationTokenSource();
        var cancelled = _limiter.AcquireAsync(policy, "key", 1, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));

        var next = _limiter.AcquireAsync(policy, "key").AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await next.WaitAsync(Patience)).IsAllowed);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_it_asked_takes_nothing()
    {
        var policy = RateLimitPolicy.Parse("policy", "2/s");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _limiter.AcquireAsync(policy, "key", 1, new CancellationToken(canceled: true)));
        Assert.Equal(2, (await _limiter.PeekAsync(policy, "key")).Remaining);
    }

    [Fact]
    public async Task The_delay_of_a_leaky_bucket_is_awaited()
    {
        var policy = RateLimitPolicy.Parse("policy", "4/s") with { Algorithm = RateLimitAlgorithm.LeakyBucket };
        Assert.True((await _limiter.AcquireAsync(policy, "key")).IsAllowed);
        var second = _limiter.AcquireAsync(policy, "key").AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(250), (await second.WaitAsync(Patience)).Delay);
    }

    [Fact]
    public async Task Requests_decided_together_wait_for_the_slowest()
    {
        var slow = RateLimitPolicy.Parse("slow", "1/s") with { Algorithm = RateLimitAlgorithm.LeakyBucket, Burst = 3 };
        var fast = RateLimitPolicy.Parse("fast", "100/s");
        Assert.True(_limiter.Acquire(slow, "key", 2).IsAllowed);
        var together = _limiter.AcquireAllAsync([new(fast, "key"), new(slow, "key")]).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(1_999));
        Assert.False(together.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await together.WaitAsync(Patience)).IsAllowed);
    }

    [Fact]
    public async Task A_wait_longer_than_a_timer_can_run_is_awaited_whole()
    {
        var policy = RateLimitPolicy.Parse("policy", "1/100d") with { MaxWait = TimeSpan.FromDays(200) };
        Assert.True(_limiter.Acquire(policy, "key").IsAllowed);
        var waiter = _limiter.AcquireAsync(policy, "key").AsTask();
        for (var day = 0; day < 99; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
        }

        Assert.False(waiter.IsCompleted);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True((await waiter.WaitAsync(Patience)).IsAllowed);
    }
}
