using SmartRateLimit.Tests.Resilience;

namespace SmartRateLimit.Tests.Remote;

public sealed class TimeBudgetTests
{
    // Seen to fail: the budget of a call was not kept.
    [Fact]
    public async Task A_caller_goes_on_without_the_store_when_the_time_is_up()
    {
        using var bed = new RemoteBed();
        bed.Store.Hold();
        var caller = bed.Acquire(RemoteBed.Policy());

        bed.Time.Advance(RemoteBed.Timeout - TimeSpan.FromTicks(1));
        Assert.False(caller.IsCompleted);
        bed.Time.Advance(1);

        Assert.True((await Eventually.Ends(caller)).IsDegraded);
    }

    // Seen to fail: the budget of a call was not kept.
    [Fact]
    public async Task Whoever_waited_behind_a_call_that_succeeded_goes_on_without_the_store_after_a_second_budget()
    {
        using var bed = new RemoteBed();
        var policy = RemoteBed.Policy("20/h");
        var first = bed.Store.Hold();
        var caller = bed.Acquire(policy);
        await Eventually.Holds(() => bed.Store.Calls.Count == 1, "the first call was sent");
        var second = bed.Acquire(policy);

        bed.Time.Advance(RemoteBed.Timeout - TimeSpan.FromTicks(1));
        bed.Store.Hold();
        first.SetResult();
        Assert.False((await Eventually.Ends(caller)).IsDegraded);
        await Eventually.Holds(() => bed.Store.Calls.Count == 2, "the second call was sent");
        bed.Time.Advance(RemoteBed.Timeout - TimeSpan.FromTicks(1));
        Assert.False(second.IsCompleted);
        bed.Time.Advance(1);

        Assert.True((await Eventually.Ends(second)).IsDegraded);
    }

    [Fact]
    public async Task Whoever_waited_behind_a_call_that_ran_out_of_time_waits_no_longer_and_is_not_charged()
    {
        using var bed = new RemoteBed();
        var gate = bed.Store.Hold();
        var callers = Enumerable.Range(0, 10).Select(_ => bed.Acquire(RemoteBed.Policy("20/h"))).ToArray();

        bed.Time.Advance(RemoteBed.Timeout);
        Assert.All(await Eventually.Ends(Task.WhenAll(callers)), decision => Assert.True(decision.IsDegraded));
        gate.SetResult();
        await Eventually.Holds(() => bed.Store.Decided == 1, "the store decided the call that nobody waited for any more");
        bed.Store.Recover();

        Assert.Equal(18, (await bed.Acquire(RemoteBed.Policy("20/h"))).Remaining);
    }

    // Seen to fail: a call that failed was made again.
    [Fact]
    public async Task A_reply_that_comes_late_counts_as_spent_and_is_not_asked_for_again()
    {
        using var bed = new RemoteBed();
        var policy = RemoteBed.Policy("5/h", FailureMode.Closed);
        var gate = new TaskCompletionSource();
        bed.Store.BeforeReplying = _ => gate.Task;
        var caller = bed.Acquire(policy, cost: 3);
        await Eventually.Holds(() => bed.Store.Calls.Count == 1, "the call was sent");

        bed.Time.Advance(RemoteBed.Timeout);
        Assert.False((await Eventually.Ends(caller)).IsAllowed);
        gate.SetResult();
        bed.Store.Recover();

        Assert.Single(bed.Store.Calls);
        Assert.Equal(1, (await bed.Acquire(policy)).Remaining);
    }

    [Fact]
    public async Task The_driver_is_told_that_nobody_waits_any_more()
    {
        using var bed = new RemoteBed();
        var told = new TaskCompletionSource();
        bed.Store.BeforeDeciding = token =>
        {
            token.Register(() => told.SetResult());
            return Task.Delay(System.Threading.Timeout.Infinite, CancellationToken.None);
        };
        var caller = bed.Acquire(RemoteBed.Policy());

        bed.Time.Advance(RemoteBed.Timeout);

        await Eventually.Ends(told.Task);
        Assert.True((await Eventually.Ends(caller)).IsDegraded);
    }

    [Fact]
    public async Task Late_replies_of_calls_given_up_never_reach_another_caller()
    {
        using var bed = new RemoteBed(options => options.CircuitBreaker.FailureThreshold = int.MaxValue);
        var policy = RemoteBed.Policy("1000/h");
        var gates = new List<TaskCompletionSource>();
        for (var i = 0; i < 20; i++)
        {
            gates.Add(bed.Store.Hold());
            var late = bed.Acquire(policy, "late");
            bed.Time.Advance(RemoteBed.Timeout);
            Assert.True((await Eventually.Ends(late)).IsDegraded);
        }

        bed.Store.Recover();
        for (var i = 0; i < 20; i++)
        {
            gates[i].SetResult();
            await Eventually.Holds(() => bed.Store.Decided > 2 * i, "the store decided the late call");
            Assert.Equal(999, (await bed.Acquire(policy, $"{i}")).Remaining);
        }
    }

    [Fact]
    public void A_blocking_call_that_took_too_long_gives_its_decision_but_counts_as_a_failure()
    {
        using var bed = new RemoteBed();
        bed.Store.BeforeDeciding = _ =>
        {
            bed.Time.Advance(RemoteBed.Timeout + TimeSpan.FromTicks(1));
            return Task.CompletedTask;
        };

        Assert.All(Enumerable.Range(0, 5), _ => Assert.False(bed.Backend.Acquire(RemoteBed.Policy(), "key", 1).IsDegraded));

        Assert.Equal(CircuitState.Open, bed.Backend.CircuitState);
    }
}
