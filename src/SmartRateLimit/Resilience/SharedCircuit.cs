namespace SmartRateLimit.Resilience;

/// <summary>
/// Opens a circuit when another node opened its own, for one short break: this node's own probe then decides, so that a
/// node with a bad line cannot keep the others from a backend that serves them.
/// </summary>
internal sealed class SharedCircuit : IDisposable
{
    private static readonly RateLimitBackendException Told =
        new(BackendFailure.Unavailable, "Another node found that the backend fails.");

    private readonly string _backend;
    private readonly CircuitBreaker _breaker;
    private readonly ICircuitSignal _signal;

    public SharedCircuit(string backend, CircuitBreaker breaker, ICircuitSignal signal)
    {
        (_backend, _breaker, _signal) = (backend, breaker, signal);
        _signal.Opened += Listen;
    }

    /// <summary>Passes on what this node found out itself.</summary>
    public void Tell(CircuitStateChangedEventArgs change)
    {
        if (change is { Previous: CircuitState.Closed, Current: CircuitState.Open } && !ReferenceEquals(change.Failure, Told))
        {
            _signal.SendOpened(_backend);
        }
    }

    public void Dispose() => _signal.Opened -= Listen;

    private void Listen(object? sender, CircuitOpenedEventArgs opened)
    {
        if (opened.Backend == _backend)
        {
            _breaker.Trip(Told);
        }
    }
}
