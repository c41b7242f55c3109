using SmartRateLimit.Tests.Resilience;

namespace SmartRateLimit.Tests.Remote;

public sealed class ProbeTests
{
    private static readonly TimeSpan Break = TimeSpan.FromMilliseconds(250);

    // Seen to fail: the circuit never opened.
    [Fact]
    public async Task While_the_circuit_is_open_the_store_is_left_alone()
    {
        using var bed = await Broken();

        for (var i = 0; i < 100; i++)
        {
            Assert.True((await bed.Acquire(RemoteBed.Policy())).IsDegraded);
        }

        Assert.Equal(5, bed.Store.Calls.Count);
    }

    // Seen to fail: half open let everybody through.
    [Fact]
    public async Task Of_10_000_callers_at_the_end_of_a_break_exactly_one_is_the_probe()
    {
        using var bed = await Broken();
        var gate = bed.Store.Hold();
        bed.Time.Advance(Break);
        using var start = new ManualResetEventSlim();

        var callers = Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            start.Wait();
            return Enumerable.Range(0, 1_250).Select(i => bed.Acquire(RemoteBed.Policy(), $"{thread} {i}")).ToArray();
        })).ToArray();
        start.Set();
        var pending = (await Task.WhenAll(callers)).SelectMany(tasks => tasks).ToArray();
        await Eventually.Holds(() => pending.Count(task => task.IsCompleted) == 9_999, "all but the probe were answered");

        Assert.Equal(6, bed.Store.Calls.Count);
        Assert.Equal(CircuitState.HalfOpen, bed.Backend.CircuitState);
        gate.SetResult();
        Assert.Equal(9_999, (await Eventually.Ends(Task.WhenAll(pending))).Count(decision => decision.IsDegraded));
        Assert.Equal(CircuitState.Closed, bed.Backend.CircuitState);
    }

    [Fact]
    public async Task A_probe_that_succeeds_closes_the_circuit()
    {
        using var bed = await Broken();
        bed.Store.Recover();
        bed.Time.Advance(Break);

        Assert.False((await bed.Acquire(RemoteBed.Policy())).IsDegraded);

        Assert.Equal([CircuitState.Open, CircuitState.HalfOpen, CircuitState.Closed], bed.Changes);
    }

    [Fact]
    public async Task A_probe_that_is_rejected_closes_the_circuit()
    {
        using var bed = await Broken();
        bed.Store.Recover();
        bed.Time.Advance(Break);

        Assert.Equal(RateLimitReason.CostExceedsLimit, (await bed.Acquire(RemoteBed.Policy(), cost: 6)).Reason);

        Assert.Equal(CircuitState.Closed, bed.Backend.CircuitState);
    }

    [Fact]
    public async Task A_probe_that_throws_opens_the_circuit_again()
    {
        using var bed = await Broken();
        bed.Time.Advance(Break);

        Assert.True((await bed.Acquire(RemoteBed.Policy())).IsDegraded);

        Assert.Equal(CircuitState.Open, bed.Backend.CircuitState);
        await RecoversAfter(bed, 2 * Break);
    }

    [Fact]
    public async Task A_probe_that_hangs_opens_the_circuit_again()
    {
        using var bed = await Broken();
        bed.Store.Hold();
        bed.Time.Advance(Break);
        var probe = bed.Acquire(RemoteBed.Policy());
        Assert.Equal(CircuitState.HalfOpen, bed.Backend.CircuitState);

        bed.Time.Advance(RemoteBed.Timeout);

        Assert.True((await Eventually.Ends(probe)).IsDegraded);
        Assert.Equal(CircuitState.Open, bed.Backend.CircuitState);
        await RecoversAfter(bed, 2 * Break);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_probe_whose_caller_gives_up_still_finds_out(bool succeeds)
    {
        using var bed = await Broken();
        var gate = bed.Store.Hold();
        bed.Time.Advance(Break);
        using var cancellation = new CancellationTokenSource();
        var probe = bed.Acquire(RemoteBed.Policy(), cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Ends(probe));
        if (succeeds)
        {
            gate.SetResult();
        }
        else
        {
            gate.SetException(FakeStore.Outage);
        }

        var expected = succeeds ? CircuitState.Closed : CircuitState.Open;
        await Eventually.Holds(() => bed.Backend.CircuitState == expected, "the probe reported");
    }

    [Fact]
    public async Task A_health_check_after_a_break_is_the_probe_and_before_that_says_no_at_once()
    {
        using var bed = await Broken();
        bed.Store.Recover();

        Assert.False((await bed.Backend.CheckHealthAsync(CancellationToken.None)).IsHealthy);
        Assert.Equal(5, bed.Store.Calls.Count);
        bed.Time.Advance(Break);

        Assert.True((await bed.Backend.CheckHealthAsync(CancellationToken.None)).IsHealthy);
        Assert.Equal(CircuitState.Closed, bed.Backend.CircuitState);
    }

    [Fact]
    public async Task What_a_listener_throws_harms_nobody()
    {
        using var bed = new RemoteBed();
        bed.Backend.CircuitStateChanged += (_, _) => throw new InvalidOperationException();
        bed.Store.FailWith(FakeStore.Outage);

        await bed.Break(RemoteBed.Policy());
    }

    private static async Task<RemoteBed> Broken()
    {
        var bed = new RemoteBed();
        bed.Store.FailWith(FakeStore.Outage);
        await bed.Break(RemoteBed.Policy());
        return bed;
    }

    private static async Task RecoversAfter(RemoteBed bed, TimeSpan length)
    {
        bed.Store.Recover();
        bed.Time.Advance(length - TimeSpan.FromTicks(1));
        Assert.True((await bed.Acquire(RemoteBed.Policy())).IsDegraded);
        bed.Time.Advance(1);
        Assert.False((await bed.Acquire(RemoteBed.Policy())).IsDegraded);
    }
}
