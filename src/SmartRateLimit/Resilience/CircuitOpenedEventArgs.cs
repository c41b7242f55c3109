namespace SmartRateLimit;

/// <summary>Names a backend to which a node opened its circuit.</summary>
/// <param name="backend">The backend's name.</param>
public sealed class CircuitOpenedEventArgs(string backend) : EventArgs
{
    /// <summary>The backend's name.</summary>
    public string Backend { get; } = backend;
}
