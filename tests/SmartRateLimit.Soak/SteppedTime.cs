namespace SmartRateLimit.Soak;

/// <summary>The machine's clock, set forward and back now and then as by an operator; the monotonic one runs on.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _steps;

    public void Step(TimeSpan by) => Interlocked.Add(ref _steps, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _steps));
}
