namespace SmartRateLimit;

/// <summary>Says that another backend decides from now on.</summary>
/// <param name="previous">The name of the one before.</param>
/// <param name="current">The name of the one now.</param>
public sealed class ActiveBackendChangedEventArgs(string previous, string current) : EventArgs
{
    /// <summary>The name of the backend that decided before.</summary>
    public string Previous { get; } = previous;

    /// <summary>The name of the backend that decides now.</summary>
    public string Current { get; } = current;
}
