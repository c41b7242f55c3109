namespace SmartRateLimit;

/// <summary>Says that a circuit breaker changed its state.</summary>
/// <param name="previous">The state before.</param>
/// <param name="current">The state now.</param>
/// <param name="failure">The failure that opened the circuit; <see langword="null"/> otherwise.</param>
public sealed class CircuitStateChangedEventArgs(CircuitState previous, CircuitState current, RateLimitBackendException? failure) : EventArgs
{
    /// <summary>The state before.</summary>
    public CircuitState Previous { get; } = previous;

    /// <summary>The state now.</summary>
    public CircuitState Current { get; } = current;

    /// <summary>The failure that opened the circuit; <see langword="null"/> when it was not opened.</summary>
    public RateLimitBackendException? Failure { get; } = failure;
}
