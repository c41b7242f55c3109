namespace SmartRateLimit.Policies;

/// <summary>
/// What a decision says that is not a number of the moment. Made once per policy and combination, so that a decision
/// refers to it instead of carrying it.
/// </summary>
internal sealed class DecisionCase(RateLimitPolicy policy, long limit, Rate? violatedRate, RateLimitReason reason, bool isDegraded)
{
    private DecisionCase? _shadowed;
    private DecisionCase? _degraded;

    public RateLimitPolicy Policy { get; } = policy;

    /// <summary>Capacity of the rate with the least remaining.</summary>
    public long Limit { get; } = limit;

    /// <summary>The rate that refused with the longest retry-after.</summary>
    public Rate? ViolatedRate { get; } = violatedRate;

    public RateLimitReason Reason { get; } = reason;

    public bool IsDegraded { get; } = isDegraded;

    public bool IsAllowed => Reason is RateLimitReason.Allowed or RateLimitReason.Skipped or RateLimitReason.Shadowed;

    /// <summary>The same case when the policy only observes.</summary>
    public DecisionCase Shadowed => IsAllowed
        ? this
        : _shadowed ??= new DecisionCase(Policy, Limit, ViolatedRate, RateLimitReason.Shadowed, IsDegraded);

    /// <summary>The same case when a fallback decided.</summary>
    public DecisionCase Degraded => IsDegraded ? this : _degraded ??= new DecisionCase(Policy, Limit, ViolatedRate, Reason, isDegraded: true);
}
