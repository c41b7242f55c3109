namespace SmartRateLimit;

/// <summary>One of several requests that are decided together.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Key">What is counted apart; read until the call that was given the request has completed.</param>
/// <param name="Cost">Permits that the request takes, at least 0.</param>
public readonly record struct RateLimitRequest(RateLimitPolicy Policy, ReadOnlyMemory<char> Key, long Cost = 1)
{
    /// <summary>Creates a request from a key's text.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">What is counted apart.</param>
    /// <param name="cost">Permits that the request takes, at least 0.</param>
    public RateLimitRequest(RateLimitPolicy policy, string key, long cost = 1)
        : this(policy, key.AsMemory(), cost)
    {
    }
}
