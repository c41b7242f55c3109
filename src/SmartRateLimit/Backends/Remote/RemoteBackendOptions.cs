namespace SmartRateLimit;

/// <summary>Settings of a <see cref="RemoteBackend"/>, read once.</summary>
public class RemoteBackendOptions
{
    /// <summary>The backend's name, as policies and reports write it. Not empty.</summary>
    public string Name { get; set; } = "remote";

    /// <summary>
    /// How long an asynchronous call may take before its callers go on without it; default 50 ms, above 0 and up to a
    /// minute. A blocking call takes as long as the store's own time-out; a slower one counts as a failure.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The circuit breaker in front of the store.</summary>
    public CircuitBreakerOptions CircuitBreaker { get; } = new();

    /// <summary>
    /// The most shared calls under way per slot of the store, default 4, at least 1. The keys of a slot are spread over
    /// them. More mean shorter queues, fewer mean larger batches.
    /// </summary>
    public int MaxConcurrentCalls { get; set; } = 4;

    /// <summary>The most keys remembered as over, which are refused without a call until their retry-after; default 16,384, 0 remembers none.</summary>
    public int MaxRememberedRefusals { get; set; } = 16_384;

    /// <summary>The most keys of the limiter that takes over under <see cref="FailureMode.Local"/>; default 100,000, at least 1.</summary>
    public int MaxLocalKeys { get; set; } = 100_000;

    /// <summary>The clock of everything that is timed here. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Timeout, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentCalls, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRememberedRefusals);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLocalKeys, 1);
    }
}
