namespace SmartRateLimit;

/// <summary>Settings of the circuit breaker in front of a remote backend, read once.</summary>
public sealed class CircuitBreakerOptions
{
    /// <summary>Failed calls in a row that open the circuit; default 5, at least 1.</summary>
    public int FailureThreshold { get; set; } = 5;

    /// <summary>How long the circuit stays open before one call probes the backend; default 250 ms, above 0. It doubles with each probe that fails.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest break; default 500 ms, at least <see cref="BreakDuration"/>.</summary>
    public TimeSpan MaxBreakDuration { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The part of a break by which it may be shortened at random, so that nodes do not probe in step; default 0.2, from 0 to 1.</summary>
    public double Jitter { get; set; } = 0.2;
}
