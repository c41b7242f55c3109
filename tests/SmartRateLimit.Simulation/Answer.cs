namespace SmartRateLimit.Simulation;

/// <summary>What one caller was told.</summary>
/// <param name="Node">The caller's node.</param>
/// <param name="Key">The bucket it asked.</param>
/// <param name="Cost">The permits it asked for.</param>
/// <param name="Asked">When it asked.</param>
/// <param name="Told">When it was told.</param>
/// <param name="Decision">What it was told.</param>
internal readonly record struct Answer(int Node, string Key, long Cost, TimeSpan Asked, TimeSpan Told, RateLimitDecision Decision);
