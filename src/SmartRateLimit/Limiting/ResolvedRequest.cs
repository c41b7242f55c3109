namespace SmartRateLimit.Limiting;

/// <summary>A request with what is in force for its policy, and a folded key.</summary>
internal readonly record struct ResolvedRequest(PolicyResolution Resolution, RateLimitRequest Request)
{
    public IRateLimitBackend Backend => Resolution.Backend;

    public bool IsShadow => Request.Policy.Shadow;
}
