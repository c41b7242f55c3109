namespace SmartRateLimit.Resilience;

/// <summary>Leave to make one call, whose outcome is to be reported with it. What comes in after the circuit has changed its state is void.</summary>
internal readonly record struct CircuitPass(long Generation);
