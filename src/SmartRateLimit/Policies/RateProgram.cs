using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Policies;

/// <summary>A policy worked out into integers, once: a rule for each of its rates.</summary>
internal sealed class RateProgram
{
    private readonly RateLimitPolicy _policy;
    private readonly RateRule[] _rules;

    private RateProgram(RateLimitPolicy policy, RateRule[] rules)
    {
        _policy = policy;
        _rules = rules;
        Numbers = new PolicyNumbers(policy);
        Cases = new DecisionCases(policy, rules);
        NameHash = string.GetHashCode(policy.Name, StringComparison.Ordinal);
        MaxWait = policy.MaxWait.Ticks;
        TellsNoDelays = policy.Algorithm != RateLimitAlgorithm.LeakyBucket && MaxWait == 0;
        UsesWallClock = policy.Algorithm == RateLimitAlgorithm.SlidingWindowCounter
            || (policy.Algorithm == RateLimitAlgorithm.FixedWindow && policy.AlignToClock);
        Capacity = rules.Min(rule => rule.Capacity);
        TicksOfShortestBurst = rules.Min(rule => rule.TicksOfBurst);
        CanGrow = policy.Algorithm == RateLimitAlgorithm.SlidingWindow;
    }

    public string Name => _policy.Name;

    /// <summary>The name's hash, seeded for this process.</summary>
    public int NameHash { get; }

    public ReadOnlySpan<RateRule> Rules => _rules;

    /// <summary>The period in ticks of the rate at <paramref name="index"/>.</summary>
    public long Period(int index) => _policy.Rates[index].Period.Ticks;

    public PolicyNumbers Numbers { get; }

    /// <summary>What decisions of this policy have in common.</summary>
    public DecisionCases Cases { get; }

    /// <summary>The shortest time in which what can be spent at once of a rate comes back; 0 where permits do not come back one by one.</summary>
    public long TicksOfShortestBurst { get; }

    /// <summary>The longest wait in ticks that an asynchronous caller accepts.</summary>
    public long MaxWait { get; }

    /// <summary>Whether an admitted call is never told to wait.</summary>
    public bool TellsNoDelays { get; }

    /// <summary>Whether times are ticks since the Unix epoch rather than on the monotonic clock.</summary>
    public bool UsesWallClock { get; }

    /// <summary>Whether a key's state grows with what it is charged.</summary>
    public bool CanGrow { get; }

    /// <summary>Room that a new key takes, in states.</summary>
    public int LeastWeight => CanGrow ? _rules.Length * AdmissionLog.LeastWords : _rules.Length;

    /// <summary>What the backend that used the program last made of it, so that it need not be looked up for each call.</summary>
    public object? Binding { get; set; }

    /// <summary>How answers write the policy, worked out by whoever writes them.</summary>
    public object? Texts { get; set; }

    /// <summary>The highest cost that every rate can ever admit.</summary>
    public long Capacity { get; }

    /// <exception cref="ArgumentException">Two properties of the policy contradict each other.</exception>
    public static RateProgram Create(RateLimitPolicy policy) => new(policy, RateRules.For(policy));
}
