namespace SmartRateLimit.Limiting;

/// <summary>A request with the policy in force, a folded key, and the backend that decides.</summary>
internal readonly record struct ResolvedRequest(IRateLimitBackend Backend, RateLimitRequest Request)
{
    public bool IsShadow => Request.Policy.Shadow;
}
