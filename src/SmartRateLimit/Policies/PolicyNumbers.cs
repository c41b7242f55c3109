using System.Collections.Immutable;

namespace SmartRateLimit.Policies;

/// <summary>What a bucket's state depends on. Policies with equal numbers read each other's states as they stand.</summary>
internal readonly record struct PolicyNumbers
{
    private readonly ImmutableArray<Rate> _rates;
    private readonly RateLimitAlgorithm _algorithm;
    private readonly long? _burst;
    private readonly long? _initialPermits;
    private readonly bool _alignToClock;
    private readonly TimeSpan _maxWait;

    public PolicyNumbers(RateLimitPolicy policy)
    {
        _rates = policy.Rates;
        _algorithm = policy.Algorithm;
        _burst = policy.Burst;
        _initialPermits = policy.InitialPermits;
        _alignToClock = policy.AlignToClock;
        _maxWait = policy.MaxWait;
    }

    public bool Equals(PolicyNumbers other) =>
        _rates.AsSpan().SequenceEqual(other._rates.AsSpan())
        && _algorithm == other._algorithm
        && _burst == other._burst
        && _initialPermits == other._initialPermits
        && _alignToClock == other._alignToClock
        && _maxWait == other._maxWait;

    public override int GetHashCode() => HashCode.Combine(_rates[0], _rates.Length, _algorithm, _burst, _maxWait);
}
