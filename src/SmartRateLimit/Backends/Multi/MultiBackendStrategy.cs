namespace SmartRateLimit;

/// <summary>Which of several backends decides.</summary>
public enum MultiBackendStrategy
{
    /// <summary>The first in the list that is healthy.</summary>
    FirstHealthy,

    /// <summary>Each healthy one in turn. Every backend counts for itself, so a key gets the limit of each.</summary>
    RoundRobin,
}
