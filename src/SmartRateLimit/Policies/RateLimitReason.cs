namespace SmartRateLimit;

/// <summary>Why a request was admitted or rejected.</summary>
public enum RateLimitReason
{
    /// <summary>Every rate admitted it.</summary>
    Allowed,

    /// <summary>A rate has too few permits left now.</summary>
    Exceeded,

    /// <summary>The cost is above the capacity, so waiting does not help.</summary>
    CostExceedsLimit,

    /// <summary>The backend could not decide, and the policy's failure mode is <see cref="FailureMode.Closed"/>.</summary>
    BackendUnavailable,

    /// <summary>It was not counted: the skip condition held, or limiting is switched off.</summary>
    Skipped,

    /// <summary>A rate would have rejected it, but the policy only observes.</summary>
    Shadowed,
}
