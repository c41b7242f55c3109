namespace SmartRateLimit.Contract;

/// <summary>A timer of a <see cref="FakeTime"/>.</summary>
internal sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period;

    /// <summary>The elapsed time at which it fires, in ticks.</summary>
    public long Due { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        time.Dismiss(this);
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Due = time.Elapsed + dueTime.Ticks;
            time.Enlist(this);
        }

        return true;
    }

    public void Fire()
    {
        if (_period > TimeSpan.Zero)
        {
            Due += _period.Ticks;
            time.Enlist(this);
        }

        callback(state);
    }

    public void Dispose() => time.Dismiss(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
