using SmartRateLimit.Tests.Remote;
using SmartRateLimit.Tests.Resilience;

namespace SmartRateLimit.Tests.Multi;

public sealed class MultiHealthTests
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "1000/h");

    // Seen to fail: it was never left.
    [Fact]
    public async Task A_backend_that_fails_its_checks_is_left_within_a_second_without_a_request_noticing()
    {
        using var bed = new MultiBed();
        bed.Acquire(Policy);
        bed.First.Failure = MultiBed.Outage;

        await bed.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal("second", bed.Active);
        var asked = bed.First.Asked;
        bed.Acquire(Policy);
        Assert.Equal(asked, bed.First.Asked);
    }

    [Fact]
    public void A_backend_that_fails_requests_is_left_at_once()
    {
        using var bed = new MultiBed();
        bed.First.Failure = MultiBed.Outage;

        for (var i = 0; i < 20; i++)
        {
            Assert.True(bed.Acquire(Policy).IsAllowed);
        }

        Assert.Equal(3, bed.First.Asked);
        Assert.Equal(["first to second"], bed.Switches);
    }

    // Seen to fail: each caller counted.
    [Fact]
    public async Task One_failed_call_is_one_failure_however_many_callers_shared_it_or_waited_for_it()
    {
        using var first = new RemoteBed(options => options.Name = "first");
        var second = new MemoryBackend(new MemoryBackendOptions { TimeProvider = first.Time });
        using var backend = new MultiBackend([first.Backend, second], new MultiBackendOptions { TimeProvider = first.Time });
        for (var failures = 1; failures <= 3; failures++)
        {
            Assert.True(backend.Statuses[0].IsActive);
            var gate = first.Store.Hold();
            var callers = Enumerable.Range(0, 20).Select(_ => backend.AcquireAsync(Policy, "key", 1, CancellationToken.None).AsTask()).ToArray();
            gate.SetException(FakeStore.Outage);
            Assert.All(await Task.WhenAll(callers), decision => Assert.True(decision.IsAllowed));
            Assert.Equal(failures, first.Store.Calls.Count);
        }

        Assert.True(backend.Statuses[1].IsActive);
    }

    // Seen to fail: it was never left.
    [Fact]
    public async Task A_backend_whose_check_hangs_is_left_and_not_checked_again_meanwhile()
    {
        using var bed = new MultiBed();
        bed.Acquire(Policy);
        var gate = new TaskCompletionSource();
        bed.First.BeforeCheck = () => gate.Task;

        for (var i = 0; i < 8; i++)
        {
            bed.Time.Advance(MultiBed.Interval);
            await Task.Delay(5);
        }

        await Eventually.Holds(() => bed.Active == "second", "the backend was left");
        Assert.Equal(1, bed.First.Checks);
        gate.SetResult();
    }

    [Fact]
    public async Task A_backend_that_is_well_again_is_gone_back_to_when_the_dwell_is_over()
    {
        using var bed = new MultiBed();
        bed.Acquire(Policy);
        bed.First.Failure = MultiBed.Outage;
        await bed.Pass(TimeSpan.FromSeconds(1));
        bed.First.Failure = null;

        await bed.Pass(MultiBed.Dwell - TimeSpan.FromSeconds(1.5));
        Assert.Equal("second", bed.Active);
        await bed.Pass(TimeSpan.FromSeconds(1.5));

        Assert.Equal("first", bed.Active);
    }

    // Seen to fail: a switch did not wait for the one before it.
    [Fact]
    public async Task A_backend_that_comes_and_goes_is_not_followed_at_every_turn()
    {
        using var bed = new MultiBed();
        bed.Acquire(Policy);
        for (var i = 0; i < 20; i++)
        {
            bed.First.Failure = i % 2 == 0 ? MultiBed.Outage : null;
            await bed.Pass(TimeSpan.FromSeconds(0.5));
        }

        Assert.InRange(bed.Switches.Count, 1, 4);
    }

    [Fact]
    public async Task The_dwell_does_not_hold_on_to_a_backend_that_fails()
    {
        using var bed = new MultiBed();
        bed.Acquire(Policy);
        bed.First.Failure = MultiBed.Outage;
        await bed.Pass(TimeSpan.FromSeconds(1));
        bed.First.Failure = null;
        bed.Second.Failure = MultiBed.Outage;

        await bed.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal("first", bed.Active);
    }

    [Fact]
    public async Task Each_backends_status_says_what_is_wrong()
    {
        using var bed = new MultiBed();
        bed.First.Failure = MultiBed.Outage;

        var health = await bed.Backend.CheckHealthAsync(CancellationToken.None);

        Assert.True(health.IsHealthy);
        Assert.Equal("first: down", health.Description);
        Assert.Equal([("first", false, "down"), ("second", true, null)], bed.Backend.Statuses.Select(status => (status.Name, status.IsHealthy, status.Description)));
        bed.Second.Failure = MultiBed.Outage;
        Assert.False((await bed.Backend.CheckHealthAsync(CancellationToken.None)).IsHealthy);
    }

    [Fact]
    public void Nothing_runs_in_the_background_before_the_first_request()
    {
        using var bed = new MultiBed();

        bed.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, bed.First.Checks);
    }

    [Fact]
    public async Task Disposal_stops_the_background_checks()
    {
        using var bed = new MultiBed();
        bed.Acquire(Policy);
        await bed.Pass(MultiBed.Interval);

        bed.Backend.Dispose();
        var checks = bed.First.Checks;
        bed.Time.Advance(TimeSpan.FromMinutes(1));
        await Task.Delay(20);

        Assert.Equal(checks, bed.First.Checks);
        bed.Backend.Dispose();
    }
}
