namespace SmartRateLimit.Testing;

/// <summary>One request that a <see cref="TestRateLimiter"/> answered.</summary>
/// <param name="Policy">The policy that decided; where configuration changed its numbers, with these.</param>
/// <param name="Key">What was counted apart, as the limiter was given it. Parts are joined by <c>:</c>.</param>
/// <param name="Cost">Permits that were asked for.</param>
/// <param name="Decision">The decision on this request.</param>
/// <param name="IsAdmitted">Whether the call went on. Of requests that are decided together, whether all were admitted.</param>
public sealed record RecordedDecision(RateLimitPolicy Policy, string Key, long Cost, RateLimitDecision Decision, bool IsAdmitted)
{
    /// <summary>The name of the policy.</summary>
    public string PolicyName => Policy.Name;
}
