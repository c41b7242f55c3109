using SmartRateLimit.Tests.Resilience;

namespace SmartRateLimit.Tests.Remote;

public sealed class CoalescingTests
{
    [Fact]
    public async Task A_lone_caller_is_sent_at_once()
    {
        using var bed = new RemoteBed();

        Assert.True((await bed.Acquire(RemoteBed.Policy())).IsAllowed);

        Assert.Single(bed.Store.Calls);
    }

    [Fact]
    public async Task Callers_of_one_key_who_come_while_a_call_is_under_way_share_the_next_one()
    {
        using var bed = new RemoteBed();
        var gate = bed.Store.Hold();
        var callers = Enumerable.Range(0, 11).Select(_ => bed.Acquire(RemoteBed.Policy("20/h"))).ToArray();
        gate.SetResult();

        var decisions = await Eventually.Ends(Task.WhenAll(callers));

        Assert.All(decisions, decision => Assert.True(decision.IsAllowed));
        Assert.Equal([19L, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9], decisions.Select(decision => decision.Remaining));
        Assert.Equal([1, 10], bed.Store.Calls.Select(call => Assert.Single(call).Count));
    }

    [Fact]
    public async Task Callers_of_many_keys_share_a_call_of_at_most_64_keys()
    {
        using var bed = new RemoteBed();
        var gate = bed.Store.Hold();
        var callers = Enumerable.Range(0, 101).Select(i => bed.Acquire(RemoteBed.Policy(), $"key {i}")).ToArray();
        gate.SetResult();

        await Eventually.Ends(Task.WhenAll(callers));

        Assert.Equal([1, 64, 36], bed.Store.Calls.Select(call => call.Length));
    }

    [Fact]
    public async Task A_call_carries_at_most_512_requests()
    {
        using var bed = new RemoteBed();
        var gate = bed.Store.Hold();
        var callers = Enumerable.Range(0, 1_000).Select(_ => bed.Acquire(RemoteBed.Policy("100000/h"))).ToArray();
        gate.SetResult();

        await Eventually.Ends(Task.WhenAll(callers));

        Assert.Equal([1, 512, 487], bed.Store.Calls.Select(call => call.Sum(request => request.Count)));
    }

    [Fact]
    public async Task Keys_of_different_slots_never_share_a_call()
    {
        using var bed = new RemoteBed();
        bed.Store.Slots = (_, key) => key[0];
        var gate = bed.Store.Hold();
        var callers = Enumerable.Range(0, 40).Select(i => bed.Acquire(RemoteBed.Policy(), $"{(i % 2 == 0 ? 'a' : 'b')}{i}")).ToArray();
        gate.SetResult();

        await Eventually.Ends(Task.WhenAll(callers));

        Assert.All(bed.Store.Calls, call => Assert.Single(call.Select(request => request.Key.Span[0]).Distinct()));
        Assert.Equal(4, bed.Store.Calls.Count);
    }

    // Seen to fail: decisions were handed out in the opposite order.
    [Fact]
    public async Task A_batch_is_decided_in_the_order_of_arrival()
    {
        using var bed = new RemoteBed();
        var policy = RemoteBed.Policy("10/h");
        var gate = bed.Store.Hold();
        var first = bed.Acquire(policy, "other");
        long[] costs = [4, 7, 4, 2, 1, 3];
        var callers = costs.Select(cost => bed.Acquire(policy, cost: cost)).ToArray();
        gate.SetResult();

        await Eventually.Ends(first);
        var decisions = await Eventually.Ends(Task.WhenAll(callers));

        Assert.Equal([true, false, true, true, false, false], decisions.Select(decision => decision.IsAllowed));
        Assert.Equal(costs, bed.Store.Calls[1].SelectMany(request => Enumerable.Repeat(request.Cost, request.Count)));
    }

    [Fact]
    public async Task Equal_requests_become_one_entry_only_where_no_other_cost_of_the_key_lies_between()
    {
        using var bed = new RemoteBed();
        var policy = RemoteBed.Policy("100/h");
        var gate = bed.Store.Hold();
        var callers = new List<Task<RateLimitDecision>> { bed.Acquire(policy, "first") };
        foreach (var (key, cost) in new[] { ("a", 1), ("b", 1), ("a", 1), ("b", 2), ("a", 1), ("b", 1) })
        {
            callers.Add(bed.Acquire(policy, key, cost));
        }

        gate.SetResult();
        await Eventually.Ends(Task.WhenAll(callers));

        Assert.Equal(
            [("a", 1L, 3), ("b", 1L, 1), ("b", 2L, 1), ("b", 1L, 1)],
            bed.Store.Calls[1].Select(request => (request.Key.ToString(), request.Cost, request.Count)));
        Assert.Equal([99L, 99, 98, 97, 97, 96], callers.Skip(1).Select(caller => caller.Result.Remaining));
    }

    [Fact]
    public async Task A_caller_who_gives_up_before_the_call_is_sent_is_never_charged()
    {
        using var bed = new RemoteBed();
        var gate = bed.Store.Hold();
        using var cancellation = new CancellationTokenSource();
        var first = bed.Acquire(RemoteBed.Policy());
        var waiting = bed.Acquire(RemoteBed.Policy(), cancellationToken: cancellation.Token);
        var last = bed.Acquire(RemoteBed.Policy());

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Ends(waiting));
        gate.SetResult();

        Assert.Equal(4, (await Eventually.Ends(first)).Remaining);
        Assert.Equal(3, (await Eventually.Ends(last)).Remaining);
    }

    [Fact]
    public async Task A_caller_who_gives_up_after_the_call_was_sent_leaves_at_once_and_stays_charged()
    {
        using var bed = new RemoteBed();
        var gate = bed.Store.Hold();
        using var cancellation = new CancellationTokenSource();
        var sent = bed.Acquire(RemoteBed.Policy(), cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Ends(sent));
        gate.SetResult();
        await Eventually.Holds(() => bed.Store.Decided == 1, "the store decided");

        Assert.Equal(3, (await Eventually.Ends(bed.Acquire(RemoteBed.Policy()))).Remaining);
        Assert.Equal(CircuitState.Closed, bed.Backend.CircuitState);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Many_parallel_callers_are_admitted_exactly_up_to_the_limit(int lanes)
    {
        const int callers = 32;
        const int each = 2_000;
        using var bed = new RemoteBed(options =>
        {
            options.MaxConcurrentCalls = lanes;
            options.Timeout = TimeSpan.FromMinutes(1);
            options.MaxRememberedRefusals = 0;
        });
        bed.Store.BeforeDeciding = async _ => await Task.Yield();
        var policy = RemoteBed.Policy("10000/d");

        var admitted = await Eventually.Ends(Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (var i = 0; i < each; i++)
            {
                count += (await bed.Backend.AcquireAsync(policy, "key", 1, CancellationToken.None)).IsAllowed ? 1 : 0;
            }

            return count;
        }))));

        Assert.Equal(10_000, admitted.Sum());
        Assert.Equal(callers * each, bed.Store.Asked);
        Assert.True(bed.Store.Calls.Count < bed.Store.Asked, "No two callers ever shared a call.");
    }

    [Fact]
    public async Task Every_caller_among_cancelling_ones_gets_an_answer_and_no_permit_is_minted()
    {
        using var bed = new RemoteBed(options => options.Timeout = TimeSpan.FromMinutes(1));
        bed.Store.BeforeDeciding = async _ => await Task.Yield();
        var policy = RemoteBed.Policy("500/d");
        var admitted = 0;

        await Eventually.Ends(Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var pending = bed.Backend.AcquireAsync(policy, "key", 1, cancellation.Token);
                if ((i + caller) % 3 == 0)
                {
                    await cancellation.CancelAsync();
                }

                try
                {
                    _ = (await pending).IsAllowed ? Interlocked.Increment(ref admitted) : 0;
                }
                catch (OperationCanceledException)
                {
                }
            }
        }))));

        Assert.InRange(admitted, 1, 500);
        Assert.False((await bed.Acquire(policy)).IsAllowed);
    }
}
