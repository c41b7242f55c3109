namespace SmartRateLimit;

/// <summary>Carries news of open circuits between the limiters of one process.</summary>
public sealed class LocalCircuitSignal : ICircuitSignal
{
    /// <inheritdoc/>
    public event EventHandler<CircuitOpenedEventArgs>? Opened;

    /// <inheritdoc/>
    public void SendOpened(string backend) => Opened?.Invoke(this, new CircuitOpenedEventArgs(backend));
}
