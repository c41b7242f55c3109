namespace SmartRateLimit;

/// <summary>A limited method was called too often, and its policy names no other answer.</summary>
/// <param name="decision">The rejection.</param>
public sealed class RateLimitExceededException(RateLimitDecision decision) : Exception
{
    /// <summary>The rejection.</summary>
    public RateLimitDecision Decision { get; } = decision;

    /// <summary>The exact shortest wait after which the same call would pass; <see cref="Timeout.InfiniteTimeSpan"/> means never.</summary>
    public TimeSpan RetryAfter => Decision.RetryAfter;

    /// <summary>The name of the policy that rejected.</summary>
    public string PolicyName => Decision.Policy?.Name ?? string.Empty;

    /// <summary>Whether a limit on calls that this application makes to others was exceeded, rather than one on calls made to it.</summary>
    public bool IsOutgoing { get; init; }

    /// <inheritdoc/>
    public override string Message => Decision.Describe();
}
