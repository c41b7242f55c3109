namespace SmartRateLimit.Tests.Remote;

public sealed class FailureModeTests
{
    // Seen to fail: the mode admitted everything; and its decisions did not say that they are degraded.
    [Fact]
    public async Task Local_a_limiter_of_the_same_policy_takes_over()
    {
        using var bed = Failing(FakeStore.Outage);
        var policy = RemoteBed.Policy("5/h");

        var decisions = new List<RateLimitDecision>();
        for (var i = 0; i < 8; i++)
        {
            decisions.Add(await bed.Acquire(policy));
        }

        Assert.Equal(5, decisions.Count(decision => decision.IsAllowed));
        Assert.Equal([4L, 3, 2, 1, 0, 0, 0, 0], decisions.Select(decision => decision.Remaining));
        Assert.All(decisions, decision => Assert.True(decision.IsDegraded));
    }

    [Fact]
    public async Task Open_everything_is_admitted()
    {
        using var bed = Failing(FakeStore.Outage);
        var policy = RemoteBed.Policy("5/h", FailureMode.Open);

        for (var i = 0; i < 20; i++)
        {
            var decision = await bed.Acquire(policy);
            Assert.True(decision is { IsAllowed: true, IsDegraded: true, Reason: RateLimitReason.Allowed });
        }
    }

    [Fact]
    public async Task Closed_everything_is_rejected_as_unavailable_until_the_next_probe()
    {
        using var bed = Failing(FakeStore.Outage);
        var policy = RemoteBed.Policy("5/h", FailureMode.Closed);
        await bed.Break(policy);

        bed.Time.Advance(TimeSpan.FromMilliseconds(100));
        var decision = await bed.Acquire(policy);

        Assert.True(decision is { IsAllowed: false, IsDegraded: true, Reason: RateLimitReason.BackendUnavailable });
        Assert.Equal(TimeSpan.FromMilliseconds(150), decision.RetryAfter);
    }

    [Theory]
    [InlineData(FailureMode.Local)]
    [InlineData(FailureMode.Open)]
    [InlineData(FailureMode.Closed)]
    public void Blocking_callers_get_the_same_answers(FailureMode mode)
    {
        using var bed = Failing(FakeStore.Outage);
        var policy = RemoteBed.Policy("5/h", mode);

        var admitted = Enumerable.Range(0, 20).Count(_ => bed.Backend.Acquire(policy, "key", 1) is { IsAllowed: true, IsDegraded: true });

        Assert.Equal(mode switch { FailureMode.Local => 5, FailureMode.Open => 20, _ => 0 }, admitted);
        Assert.Equal(5, bed.Store.Calls.Count);
    }

    // Seen to fail: a configuration error was an outage as any other.
    [Theory]
    [InlineData(FailureMode.Local, 5)]
    [InlineData(FailureMode.Open, 0)]
    [InlineData(FailureMode.Closed, 0)]
    public async Task A_configuration_error_never_opens_also_while_the_circuit_is_open(FailureMode mode, int admitted)
    {
        using var bed = Failing(FakeStore.WrongPassword);
        var policy = RemoteBed.Policy("5/h", mode);

        var decisions = new List<RateLimitDecision>();
        for (var i = 0; i < 20; i++)
        {
            decisions.Add(await bed.Acquire(policy));
        }

        Assert.Equal(admitted, decisions.Count(decision => decision.IsAllowed));
        Assert.Equal(CircuitState.Open, bed.Backend.CircuitState);
    }

    [Fact]
    public async Task After_a_configuration_error_is_fixed_the_store_decides_within_a_second()
    {
        using var bed = Failing(FakeStore.WrongPassword);
        await bed.Break(RemoteBed.Policy(mode: FailureMode.Open));

        bed.Store.Recover();
        bed.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.False((await bed.Acquire(RemoteBed.Policy())).IsDegraded);
    }

    [Fact]
    public async Task A_plain_rejection_is_no_failure()
    {
        using var bed = new RemoteBed(options => options.MaxRememberedRefusals = 0);
        var policy = RemoteBed.Policy("1/h");

        for (var i = 0; i < 50; i++)
        {
            Assert.False((await bed.Acquire(policy)).IsDegraded);
        }

        Assert.Equal(CircuitState.Closed, bed.Backend.CircuitState);
        Assert.Equal(50, bed.Store.Calls.Count);
    }

    [Fact]
    public async Task A_driver_that_throws_what_it_likes_has_failed()
    {
        using var bed = Failing(new InvalidOperationException("no connection"));

        Assert.True((await bed.Acquire(RemoteBed.Policy())).IsDegraded);
    }

    [Fact]
    public async Task A_group_is_answered_by_each_policys_mode_and_charges_nothing_when_one_is_closed()
    {
        using var bed = Failing(FakeStore.Outage);
        var local = RemoteBed.Policy("5/h");
        RateLimitRequest[] mixed = [new(local, "key", 2), new(RemoteBed.Policy(mode: FailureMode.Open, name: "open"), "key"), new(RemoteBed.Policy(mode: FailureMode.Closed, name: "closed"), "key")];
        var decisions = new RateLimitDecision[3];

        Assert.Equal(RateLimitReason.BackendUnavailable, (await bed.Backend.AcquireAllAsync(mixed, decisions, CancellationToken.None)).Reason);
        Assert.True((await bed.Backend.AcquireAllAsync(mixed.AsSpan(0, 2), decisions, CancellationToken.None)).IsAllowed);

        Assert.Equal(3, decisions[0].Remaining);
        Assert.All(decisions, decision => Assert.True(decision.IsDegraded));
    }

    // Seen to fail: the store was handed back what it never took.
    [Fact]
    public async Task Permits_that_the_local_limiter_took_are_handed_back_to_it_and_never_to_the_store()
    {
        using var bed = new RemoteBed();
        var policy = RemoteBed.Policy("5/h");
        await bed.Acquire(policy, cost: 5);
        bed.Store.FailWith(FakeStore.Outage);
        await bed.Acquire(policy, cost: 5);
        bed.Store.Recover();

        await bed.Backend.RefundAsync(policy, "key", 5, CancellationToken.None);

        Assert.False((await bed.Acquire(policy)).IsAllowed);
        bed.Store.FailWith(FakeStore.Outage);
        Assert.True((await bed.Acquire(policy with { Burst = 5 }, cost: 5)).IsAllowed);
    }

    [Fact]
    public async Task Permits_that_the_store_took_are_never_handed_back_to_the_local_limiter()
    {
        using var bed = new RemoteBed();
        var policy = RemoteBed.Policy("5/h");
        bed.Store.FailWith(FakeStore.Outage);
        await bed.Acquire(policy, cost: 3);
        bed.Store.Recover();
        await bed.Acquire(policy, cost: 2);

        await bed.Backend.RefundAsync(policy, "key", 2, CancellationToken.None);

        Assert.Equal(5, (await bed.Backend.PeekAsync(policy, "key", CancellationToken.None)).Remaining);
        bed.Store.FailWith(FakeStore.Outage);
        Assert.Equal(2, (await bed.Backend.PeekAsync(policy, "key", CancellationToken.None)).Remaining);
    }

    [Fact]
    public async Task What_an_open_policy_was_given_for_nothing_is_not_handed_back()
    {
        using var bed = new RemoteBed();
        var policy = RemoteBed.Policy("5/h", FailureMode.Open);
        await bed.Acquire(policy, cost: 5);
        bed.Store.FailWith(FakeStore.Outage);
        await bed.Acquire(policy, cost: 5);
        bed.Store.Recover();

        await bed.Backend.RefundAsync(policy, "key", 5, CancellationToken.None);

        Assert.False((await bed.Acquire(policy)).IsAllowed);
    }

    [Fact]
    public async Task A_reset_that_did_not_happen_is_an_error_and_a_refund_or_a_peek_is_not()
    {
        using var bed = Failing(FakeStore.WrongPassword);

        await bed.Backend.RefundAsync(RemoteBed.Policy(), "key", 1, CancellationToken.None);
        Assert.True((await bed.Backend.PeekAsync(RemoteBed.Policy(), "key", CancellationToken.None)).IsDegraded);
        var error = await Assert.ThrowsAsync<RateLimitBackendException>(async () => await bed.Backend.ResetAsync(RemoteBed.Policy(), "key", CancellationToken.None));

        Assert.Equal(BackendFailure.Misconfigured, error.Failure);
    }

    [Fact]
    public async Task The_store_is_disposed_with_the_backend()
    {
        var bed = new RemoteBed();

        await bed.Backend.DisposeAsync();

        Assert.True(bed.Store.IsDisposed);
    }

    private static RemoteBed Failing(Exception failure)
    {
        var bed = new RemoteBed();
        bed.Store.FailWith(failure);
        return bed;
    }
}
