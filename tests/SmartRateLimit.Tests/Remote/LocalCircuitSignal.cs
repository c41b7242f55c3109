namespace SmartRateLimit.Tests.Remote;

/// <summary>Carries news of open circuits between the backends of one test.</summary>
internal sealed class LocalCircuitSignal : ICircuitSignal
{
    public event EventHandler<CircuitOpenedEventArgs>? Opened;

    public void SendOpened(string backend) => Opened?.Invoke(this, new CircuitOpenedEventArgs(backend));
}
