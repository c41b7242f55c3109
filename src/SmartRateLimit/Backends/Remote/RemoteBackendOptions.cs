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

    /// <summary>The most keys remembered as over, which are refused without a call until their retry-after; default 16,384, 0 remembers none.</summary>
    public int MaxRememberedRefusals { get; set; } = 16_384;

    /// <summary>The most keys of the limiter that takes over under <see cref="FailureMode.Local"/>; default 100,000, at least 1.</summary>
    public int MaxLocalKeys { get; set; } = 100_000;

    /// <summary>The clock of everything that is timed here. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
