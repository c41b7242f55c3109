namespace SmartRateLimit.Testing.Tests;

public sealed class TestClockTests
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));

    [Fact]
    public void Both_readings_move_with_it()
    {
        var start = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromTicks(12_345));

        Assert.Equal(TimeSpan.FromTicks(12_345), _clock.GetElapsedTime(start));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero).AddTicks(12_345), _clock.GetUtcNow());
    }

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_fall_due_and_see_that_moment()
    {
        var seen = new List<(string, DateTimeOffset)>();
        var start = _clock.GetUtcNow();
        using var late = Timer("late", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var periodic = Timer("periodic", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        using var stopped = Timer("stopped", TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        stopped.Dispose();

        _clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal([("periodic", start.AddSeconds(1)), ("periodic", start.AddSeconds(4)), ("late", start.AddSeconds(5)), ("periodic", start.AddSeconds(7))], seen);

        ITimer Timer(string name, TimeSpan due, TimeSpan period) => _clock.CreateTimer(_ => seen.Add((name, _clock.GetUtcNow())), null, due, period);
    }

    [Fact]
    public void It_does_not_go_back() => Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
}
