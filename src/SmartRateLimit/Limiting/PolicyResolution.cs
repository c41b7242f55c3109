namespace SmartRateLimit.Limiting;

/// <summary>What one limiter made of one policy: the backend that decides.</summary>
internal sealed class PolicyResolution(SmartRateLimiter owner, RateLimitPolicy policy, IRateLimitBackend backend)
{
    public SmartRateLimiter Owner { get; } = owner;

    /// <summary>The policy in force.</summary>
    public RateLimitPolicy Policy { get; } = policy;

    public IRateLimitBackend Backend { get; } = backend;
}
