namespace SmartRateLimit.Contract;

/// <summary>
/// A clock that only tests move. Its wall and monotonic readings advance together and can each be stepped alone, so
/// they can disagree as on a machine whose time is being corrected.
/// </summary>
/// <remarks>Timers run on elapsed time, which only <see cref="Advance(TimeSpan)"/> moves: a stepped clock fires none.</remarks>
public sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private long _elapsed;
    private long _wallTicks = start.UtcTicks;
    private long _monotonic = 7 * TimeSpan.TicksPerDay;

    public FakeTime()
        : this(new DateTimeOffset(2024, 1, 13, 16, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timers that somebody still waits for.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    internal long Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return new DateTimeOffset(_wallTicks, TimeSpan.Zero);
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _monotonic;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass on both clocks; each timer that falls due sees the moment at which it was due.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = Elapsed + by.Ticks;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            MoveTo_NeedsLock(end);
        }
    }

    public void Advance(long ticks) => Advance(TimeSpan.FromTicks(ticks));

    /// <summary>Lets time pass until the next timer falls due, and fires it.</summary>
    /// <returns>Whether one falls due within the time given; otherwise nothing happens.</returns>
    public bool TryPassToNext(TimeSpan within)
    {
        if (NextDue(Elapsed + within.Ticks) is not { } timer)
        {
            return false;
        }

        timer.Fire();
        return true;
    }

    /// <summary>Sets the wall clock forward or back; no time passes.</summary>
    public void StepWall(TimeSpan by)
    {
        lock (_gate)
        {
            _wallTicks += by.Ticks;
        }
    }

    /// <summary>Sets the monotonic clock forward or back, as a resumed or migrated machine may; no time passes.</summary>
    public void StepMonotonic(TimeSpan by)
    {
        lock (_gate)
        {
            _monotonic += by.Ticks;
        }
    }

    internal void Enlist(FakeTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            _timers.Add(timer);
        }
    }

    internal void Dismiss(FakeTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    private FakeTimer? NextDue(long end)
    {
        lock (_gate)
        {
            var next = _timers.MinBy(timer => timer.Due);
            if (next is null || next.Due > end)
            {
                return null;
            }

            MoveTo_NeedsLock(Math.Max(_elapsed, next.Due));
            _timers.Remove(next);
            return next;
        }
    }

    private void MoveTo_NeedsLock(long elapsed)
    {
        var by = Math.Max(0, elapsed - _elapsed);
        _elapsed += by;
        _wallTicks += by;
        _monotonic += by;
    }
}
