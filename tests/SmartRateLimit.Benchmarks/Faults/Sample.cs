namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>One call: when it began and ended, as timestamps, and what came of it.</summary>
internal readonly record struct Sample(long Began, long Ended, RateLimitDecision Decision);
