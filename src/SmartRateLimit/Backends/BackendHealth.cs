namespace SmartRateLimit;

/// <summary>What a health check of a backend found.</summary>
/// <param name="IsHealthy">Whether a real decision succeeded.</param>
/// <param name="Latency">How long that decision took.</param>
/// <param name="Description">What was found, for a person; <see langword="null"/> when all is well.</param>
public readonly record struct BackendHealth(bool IsHealthy, TimeSpan Latency, string? Description = null);
