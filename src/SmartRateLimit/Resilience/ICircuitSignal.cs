namespace SmartRateLimit;

/// <summary>
/// By which nodes tell each other that a backend fails, so that each need not find out by failing calls of its own. Goes
/// through something other than the backend that the circuit guards, which cannot carry such news when it matters.
/// </summary>
public interface ICircuitSignal
{
    /// <summary>A node opened its circuit to a backend. Raised on the other nodes; on the one that sent it, it does no harm.</summary>
    event EventHandler<CircuitOpenedEventArgs>? Opened;

    /// <summary>Tells the other nodes. It does not block; news that are lost cost them only the calls that they save.</summary>
    /// <param name="backend">The backend's name.</param>
    void SendOpened(string backend);
}
