namespace SmartRateLimit;

/// <summary>How one of several backends is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsActive">Whether requests are sent to it first.</param>
/// <param name="IsHealthy">Whether it is believed to decide.</param>
/// <param name="Latency">How long its last check took; zero before the first.</param>
/// <param name="Description">What is wrong, for a person; <see langword="null"/> when all is well.</param>
public readonly record struct BackendStatus(string Name, bool IsActive, bool IsHealthy, TimeSpan Latency, string? Description);
