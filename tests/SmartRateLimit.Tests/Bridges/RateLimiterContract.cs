using System.Threading.RateLimiting;

namespace SmartRateLimit.Tests.Bridges;

/// <summary>
/// What the base class library's own limiters do, as facts over the abstract class, run on one of them and on ours. So
/// a fact that only describes our own taste fails on theirs.
/// </summary>
public abstract class RateLimiterContract
{
    /// <summary>A caller whom nobody serves must fail the test, not hold up the run; in milliseconds.</summary>
    private const int Patience = 20_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A limiter with a bucket of so many permits, all of which come back together or one by one.</summary>
    protected abstract RateLimiter Create(int permits, int queueLimit = 0, QueueProcessingOrder order = QueueProcessingOrder.OldestFirst);

    /// <summary>Lets so much time pass that every permit is back.</summary>
    protected abstract void Refill();

    [Fact(Timeout = Patience)]
    public async Task Permits_are_leased_until_none_is_left()
    {
        await using var limiter = Create(2);

        Assert.True(limiter.AttemptAcquire().IsAcquired);
        Assert.True((await limiter.AcquireAsync(1, Token)).IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        Assert.False((await limiter.AcquireAsync(1, Token)).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task Several_permits_are_leased_at_once_or_not_at_all()
    {
        await using var limiter = Create(3);

        Assert.True(limiter.AttemptAcquire(2).IsAcquired);
        Assert.False(limiter.AttemptAcquire(2).IsAcquired);
        Assert.True(limiter.AttemptAcquire(1).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task Disposing_a_lease_gives_nothing_back()
    {
        await using var limiter = Create(1);

        limiter.AttemptAcquire().Dispose();

        Assert.False(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task More_permits_than_the_limit_are_an_error_and_charge_nothing()
    {
        await using var limiter = Create(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(3));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await limiter.AcquireAsync(3, Token));
        Assert.True(limiter.AttemptAcquire(2).IsAcquired);
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(3));
    }

    [Fact(Timeout = Patience)]
    public async Task Negative_permits_are_an_error()
    {
        await using var limiter = Create(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(-1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await limiter.AcquireAsync(-1, Token));
    }

    [Fact(Timeout = Patience)]
    public async Task No_permits_asks_whether_there_are_any()
    {
        await using var limiter = Create(1);

        Assert.True(limiter.AttemptAcquire(0).IsAcquired);
        Assert.True((await limiter.AcquireAsync(0, Token)).IsAcquired);
        Assert.True(limiter.AttemptAcquire(1).IsAcquired);
        Assert.False(limiter.AttemptAcquire(0).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task Asking_for_no_permits_waits_until_there_are_any_without_taking_room_or_permits()
    {
        await using var limiter = Create(1);
        limiter.AttemptAcquire();

        var any = limiter.AcquireAsync(0, Token).AsTask();
        Assert.False(any.IsCompleted);
        Assert.Equal(0, limiter.GetStatistics()!.CurrentQueuedCount);
        Refill();

        Assert.True((await any).IsAcquired);
        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task A_failed_lease_says_when_to_come_back()
    {
        await using var limiter = Create(1);
        limiter.AttemptAcquire();

        using var lease = limiter.AttemptAcquire();

        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.True(retryAfter > TimeSpan.Zero);
        Assert.Contains(MetadataName.RetryAfter.Name, lease.MetadataNames);
        Assert.False(lease.TryGetMetadata("nothing", out _));
    }

    [Fact(Timeout = Patience)]
    public async Task An_acquired_lease_has_no_time_to_come_back()
    {
        await using var limiter = Create(1);

        Assert.False(limiter.AttemptAcquire().TryGetMetadata(MetadataName.RetryAfter, out _));
    }

    [Fact(Timeout = Patience)]
    public async Task A_queued_caller_is_served_when_permits_are_back()
    {
        await using var limiter = Create(1, queueLimit: 1);
        limiter.AttemptAcquire();

        var waiting = limiter.AcquireAsync(1, Token).AsTask();
        Assert.False(waiting.IsCompleted);
        Refill();

        Assert.True((await waiting).IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task The_oldest_is_served_first_and_nobody_passes_the_queue()
    {
        await using var limiter = Create(2, queueLimit: 3);
        limiter.AttemptAcquire(2);

        var first = limiter.AcquireAsync(2, Token).AsTask();
        var second = limiter.AcquireAsync(1, Token).AsTask();
        Refill();
        Assert.True((await first).IsAcquired);
        Assert.False(second.IsCompleted);
        Assert.False(limiter.AttemptAcquire().IsAcquired);

        Refill();
        Assert.True((await second).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task The_newest_is_served_first_when_asked_for()
    {
        await using var limiter = Create(2, queueLimit: 3, QueueProcessingOrder.NewestFirst);
        limiter.AttemptAcquire(2);

        var first = limiter.AcquireAsync(1, Token).AsTask();
        var second = limiter.AcquireAsync(2, Token).AsTask();
        Refill();
        Assert.True((await second).IsAcquired);
        Assert.False(first.IsCompleted);

        Refill();
        Assert.True((await first).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task A_full_queue_refuses_the_newest()
    {
        await using var limiter = Create(1, queueLimit: 1);
        limiter.AttemptAcquire();

        var waiting = limiter.AcquireAsync(1, Token).AsTask();
        using var refused = await limiter.AcquireAsync(1, Token);

        Assert.False(refused.IsAcquired);
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out _));
        Assert.False(waiting.IsCompleted);
        Refill();
        Assert.True((await waiting).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task Newest_first_a_full_queue_gives_up_the_oldest()
    {
        await using var limiter = Create(2, queueLimit: 2, QueueProcessingOrder.NewestFirst);
        limiter.AttemptAcquire(2);

        var first = limiter.AcquireAsync(1, Token).AsTask();
        var second = limiter.AcquireAsync(1, Token).AsTask();
        var third = limiter.AcquireAsync(2, Token).AsTask();

        Assert.False((await first).IsAcquired);
        Assert.False((await second).IsAcquired);
        Refill();
        Assert.True((await third).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task Newest_first_what_exceeds_the_queue_displaces_nobody()
    {
        await using var limiter = Create(3, queueLimit: 1, QueueProcessingOrder.NewestFirst);
        limiter.AttemptAcquire(3);

        var waiting = limiter.AcquireAsync(1, Token).AsTask();

        Assert.False((await limiter.AcquireAsync(2, Token)).IsAcquired);
        Assert.False(waiting.IsCompleted);
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_caller_leaves_the_queue_to_the_next()
    {
        await using var limiter = Create(1, queueLimit: 1);
        limiter.AttemptAcquire();
        using var giveUp = new CancellationTokenSource();

        var waiting = limiter.AcquireAsync(1, giveUp.Token).AsTask();
        await giveUp.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(giveUp.Token, error.CancellationToken);
        Assert.Equal(0, limiter.GetStatistics()!.CurrentQueuedCount);
        var next = limiter.AcquireAsync(1, Token).AsTask();
        Refill();
        Assert.True((await next).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_token_acquires_nothing()
    {
        await using var limiter = Create(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await limiter.AcquireAsync(1, new CancellationToken(canceled: true)));

        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task Disposing_fails_those_who_wait()
    {
        var limiter = Create(1, queueLimit: 2);
        limiter.AttemptAcquire();
        var first = limiter.AcquireAsync(1, Token).AsTask();
        var second = limiter.AcquireAsync(1, Token).AsTask();

        await limiter.DisposeAsync();

        Assert.False((await first).IsAcquired);
        Assert.False((await second).IsAcquired);
    }

    [Fact(Timeout = Patience)]
    public async Task A_disposed_limiter_throws()
    {
        var limiter = Create(1);
        await limiter.DisposeAsync();
        await limiter.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => limiter.AttemptAcquire());
        Assert.Throws<ObjectDisposedException>(() => limiter.AttemptAcquire(0));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await limiter.AcquireAsync(1, Token));
        Assert.Throws<ObjectDisposedException>(() => limiter.GetStatistics());
    }

    [Fact(Timeout = Patience)]
    public async Task Statistics_count_permits_leases_and_the_queue()
    {
        await using var limiter = Create(3, queueLimit: 5);

        limiter.AttemptAcquire(2);
        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
        limiter.AttemptAcquire(2);
        limiter.AttemptAcquire(1);
        var waiting = limiter.AcquireAsync(2, Token).AsTask();

        var statistics = limiter.GetStatistics()!;
        Assert.Equal(0, statistics.CurrentAvailablePermits);
        Assert.Equal(2, statistics.CurrentQueuedCount);
        Assert.Equal(2, statistics.TotalSuccessfulLeases);
        Assert.Equal(1, statistics.TotalFailedLeases);

        Refill();
        await waiting;
        Assert.Equal(3, limiter.GetStatistics()!.TotalSuccessfulLeases);
        Assert.Equal(0, limiter.GetStatistics()!.CurrentQueuedCount);
    }

    [Fact(Timeout = Patience)]
    public async Task Somebody_who_waits_keeps_the_limiter_from_being_idle()
    {
        await using var limiter = Create(1, queueLimit: 1);
        Assert.NotNull(limiter.IdleDuration);
        limiter.AttemptAcquire();

        var waiting = limiter.AcquireAsync(1, Token).AsTask();

        Assert.Null(limiter.IdleDuration);
        Refill();
        await waiting;
    }
}
