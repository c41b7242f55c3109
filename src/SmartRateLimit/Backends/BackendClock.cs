namespace SmartRateLimit.Backends;

/// <summary>
/// Reads a <see cref="TimeProvider"/> as integer ticks of 100 ns: the monotonic clock since this object was made, or
/// the wall clock since the Unix epoch.
/// </summary>
internal sealed class BackendClock
{
    private readonly TimeProvider _provider;
    private readonly long _origin;
    private readonly long _frequency;

    public BackendClock(TimeProvider provider)
    {
        _provider = provider;
        _origin = provider.GetTimestamp();
        _frequency = provider.TimestampFrequency;
    }

    public long Monotonic => ToTicks(_provider.GetTimestamp() - _origin);

    public long Wall => _provider.GetUtcNow().Ticks - DateTimeOffset.UnixEpoch.Ticks;

    public long Now(bool usesWallClock) => usesWallClock ? Wall : Monotonic;

    // TimeProvider.GetElapsedTime multiplies by a double, which loses ticks after some months.
    private long ToTicks(long timestamp) =>
        _frequency == TimeSpan.TicksPerSecond ? timestamp
        : _frequency % TimeSpan.TicksPerSecond == 0 ? timestamp / (_frequency / TimeSpan.TicksPerSecond)
        : (long)((Int128)timestamp * TimeSpan.TicksPerSecond / _frequency);
}
