namespace SmartRateLimit;

/// <summary>What a circuit breaker does with calls.</summary>
public enum CircuitState
{
    /// <summary>They go through.</summary>
    Closed,

    /// <summary>None goes through until the break is over.</summary>
    Open,

    /// <summary>One is on its way to find out; none else goes through.</summary>
    HalfOpen,
}
