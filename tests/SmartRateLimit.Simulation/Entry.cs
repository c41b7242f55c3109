namespace SmartRateLimit.Simulation;

/// <summary>What a store decided, whether or not anybody heard of it.</summary>
/// <param name="At">When.</param>
/// <param name="Key">The bucket.</param>
/// <param name="Permits">Permits that were taken; below 0 when they were handed back.</param>
internal readonly record struct Entry(TimeSpan At, string Key, long Permits);
