using SmartRateLimit.Policies;

namespace SmartRateLimit;

/// <summary>
/// What replaces the numbers of every policy of one name, wherever it was declared. A property left <see langword="null"/>
/// keeps what the policy says.
/// </summary>
public sealed record RateLimitPolicyOverride
{
    private readonly string? _rate;
    private readonly RateLimitPolicy? _parsed;
    private readonly long? _burst;
    private readonly long? _initialPermits;
    private readonly TimeSpan? _maxWait;

    /// <summary>One to <see cref="RateLimitPolicy.MaxRates"/> rates, such as <c>"10/s; 500/h"</c>.</summary>
    /// <exception cref="FormatException">The text is invalid; the message says where and what was expected.</exception>
    /// <exception cref="ArgumentException">There are too many rates.</exception>
    public string? Rate
    {
        get => _rate;
        init
        {
            _parsed = value is null ? null : RateLimitPolicy.Parse("override", value);
            _rate = value;
        }
    }

    /// <summary>
    /// How the rates are measured. Settings of the policy that mean nothing to this algorithm (a burst to a window,
    /// say) fall back to their defaults.
    /// </summary>
    public RateLimitAlgorithm? Algorithm { get; init; }

    /// <summary>Capacity of a token or leaky bucket, in permits, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long? Burst { get => _burst; init => _burst = PolicyRules.CheckPermits(value, nameof(Burst)); }

    /// <summary>Permits that a new token or leaky bucket starts with, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long? InitialPermits { get => _initialPermits; init => _initialPermits = PolicyRules.CheckPermits(value, nameof(InitialPermits)); }

    /// <summary>Whether a fixed window is aligned to the UTC epoch.</summary>
    public bool? AlignToClock { get; init; }

    /// <summary>The longest wait for a permit; <see cref="TimeSpan.Zero"/> means none. At most 365250 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or too long.</exception>
    public TimeSpan? MaxWait { get => _maxWait; init => _maxWait = value is { } wait ? PolicyRules.CheckWait(wait) : null; }

    /// <summary>What happens when the backend cannot decide.</summary>
    public FailureMode? OnBackendFailure { get; init; }

    /// <summary>The name of the backend that keeps the buckets.</summary>
    public string? Backend { get; init; }

    /// <summary>Whether the policy only decides and reports, and never blocks.</summary>
    public bool? Shadow { get; init; }

    /// <summary>The policy with these numbers.</summary>
    internal RateLimitPolicy ApplyTo(RateLimitPolicy policy)
    {
        var suited = Algorithm is { } algorithm ? WithoutForeignSettings(policy, algorithm) : policy;
        return suited with
        {
            Rates = _parsed?.Rates ?? suited.Rates,
            Burst = Burst ?? suited.Burst,
            InitialPermits = InitialPermits ?? suited.InitialPermits,
            AlignToClock = AlignToClock ?? suited.AlignToClock,
            MaxWait = MaxWait ?? suited.MaxWait,
            OnBackendFailure = OnBackendFailure ?? suited.OnBackendFailure,
            Backend = Backend ?? suited.Backend,
            Shadow = Shadow ?? suited.Shadow,
        };
    }

    /// <summary>The same, with what <paramref name="over"/> sets in place of what this one sets.</summary>
    internal RateLimitPolicyOverride With(RateLimitPolicyOverride over) => new()
    {
        Rate = over.Rate ?? Rate,
        Algorithm = over.Algorithm ?? Algorithm,
        Burst = over.Burst ?? Burst,
        InitialPermits = over.InitialPermits ?? InitialPermits,
        AlignToClock = over.AlignToClock ?? AlignToClock,
        MaxWait = over.MaxWait ?? MaxWait,
        OnBackendFailure = over.OnBackendFailure ?? OnBackendFailure,
        Backend = over.Backend ?? Backend,
        Shadow = over.Shadow ?? Shadow,
    };

    private static RateLimitPolicy WithoutForeignSettings(RateLimitPolicy policy, RateLimitAlgorithm algorithm)
    {
        var isBucket = algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket;
        return policy with
        {
            Algorithm = algorithm,
            Burst = isBucket ? policy.Burst : null,
            InitialPermits = isBucket ? policy.InitialPermits : null,
            MaxWait = isBucket ? policy.MaxWait : TimeSpan.Zero,
            AlignToClock = algorithm != RateLimitAlgorithm.FixedWindow || policy.AlignToClock,
        };
    }
}
