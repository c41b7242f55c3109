namespace SmartRateLimit;

/// <summary>Settings of a <see cref="MultiBackend"/>, read once.</summary>
public sealed class MultiBackendOptions
{
    /// <summary>The backend's name, as policies and reports write it. Default <c>multi</c>; not empty.</summary>
    public string Name { get; set; } = "multi";

    /// <summary>Which backend decides. Default <see cref="MultiBackendStrategy.FirstHealthy"/>.</summary>
    public MultiBackendStrategy Strategy { get; set; }

    /// <summary>
    /// How often every backend is checked in the background, and how long a check may take; default 250 ms, above 0. A
    /// backend that fails one check, or three calls in a row, is unhealthy; one check that succeeds makes it healthy again.
    /// So either is noticed within twice this time.
    /// </summary>
    public TimeSpan HealthCheckInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The least time between leaving a backend for a later one and going back, so that a backend that comes and goes is
    /// not followed at every turn; default 5 s, at least 0. An unhealthy backend is left without waiting for it.
    /// </summary>
    public TimeSpan MinimumDwell { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most keys of the limiter that takes over under <see cref="FailureMode.Local"/> when every backend fails; default 100,000, at least 1.</summary>
    public int MaxLocalKeys { get; set; } = 100_000;

    /// <summary>The clock of everything that is timed here. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HealthCheckInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumDwell, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLocalKeys, 1);
        if (!Enum.IsDefined(Strategy))
        {
            throw new ArgumentOutOfRangeException(nameof(Strategy), Strategy, "The strategy must be one of MultiBackendStrategy's.");
        }
    }
}
