namespace SmartRateLimit.Policies;

/// <summary>
/// What a decision says that is not a number of the moment. Made once per policy and combination, so that a decision
/// refers to it instead of carrying it.
/// </summary>
internal sealed class DecisionCase(RateLimitPolicy policy, long limit, Rate? violatedRate, RateLimitReason reason, bool isDegraded)
{
    private DecisionCase? _shadowed;
    private DecisionCase? _degraded;
    private readonly DecisionCase? _settled;

    public RateLimitPolicy Policy { get; } = policy;

    /// <summary>Capacity of the rate with the least remaining.</summary>
    public long Limit { get; } = limit;

    /// <summary>The rate that refused with the longest retry-after.</summary>
    public Rate? ViolatedRate { get; } = violatedRate;

    public RateLimitReason Reason { get; } = reason;

    public bool IsDegraded { get; } = isDegraded;

    public bool IsAllowed { get; } = reason is RateLimitReason.Allowed or RateLimitReason.Skipped or RateLimitReason.Shadowed;

    /// <summary>
    /// Works out what is left from a state and the time, for decisions that carry those two instead;
    /// <see langword="null"/> where they carry what is left.
    /// </summary>
    public WordReading? Reading { get; private init; }

    /// <summary>The same case for decisions that carry what is left.</summary>
    public DecisionCase Settled { get => _settled ?? this; private init => _settled = value; }

    /// <summary>The same case when the policy only observes.</summary>
    public DecisionCase Shadowed => IsAllowed
        ? this
        : _shadowed ??= new DecisionCase(Policy, Limit, ViolatedRate, RateLimitReason.Shadowed, IsDegraded);

    /// <summary>The same case when a fallback decided.</summary>
    public DecisionCase Degraded => IsDegraded ? this : _degraded ??= new DecisionCase(Policy, Limit, ViolatedRate, Reason, isDegraded: true);

    /// <summary>The same case for decisions that carry a state and the time: few callers ask what is left, and it takes divisions.</summary>
    public DecisionCase ReadBy(WordReading reading) =>
        new(Policy, Limit, ViolatedRate, Reason, IsDegraded) { Reading = reading, Settled = this };
}
