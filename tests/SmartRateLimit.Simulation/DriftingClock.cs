namespace SmartRateLimit.Simulation;

/// <summary>The clock of one machine, which is off, runs a little fast or slow, and is set now and then.</summary>
internal sealed class DriftingClock(World world, TimeSpan offset, double drift) : TimeProvider
{
    private TimeSpan _steps;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Error => offset + _steps + (world.Now * drift);

    public void Step(TimeSpan by) => _steps += by;

    public override DateTimeOffset GetUtcNow() => world.Time.GetUtcNow() + Error;

    public override long GetTimestamp() => world.Time.GetTimestamp() + Error.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        world.Time.CreateTimer(callback, state, dueTime, period);
}
