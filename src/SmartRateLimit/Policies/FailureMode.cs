namespace SmartRateLimit;

/// <summary>What happens to a request when the backend cannot decide it.</summary>
public enum FailureMode
{
    /// <summary>A bounded in-memory limiter of the same policy decides.</summary>
    Local,

    /// <summary>The request is admitted.</summary>
    Open,

    /// <summary>The request is rejected with <see cref="RateLimitReason.BackendUnavailable"/>.</summary>
    Closed,
}
