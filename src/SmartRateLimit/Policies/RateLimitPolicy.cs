using System.Collections.Immutable;
using SmartRateLimit.Policies;
using SmartRateLimit.Rates;

namespace SmartRateLimit;

/// <summary>
/// A named limit: one or more rates, an algorithm and its settings. Immutable; keep it in a static field and vary it
/// with <see langword="with"/>: <c>RateLimitPolicy.Parse("search", "10/s; 500/h") with { Burst = 20 }</c>.
/// </summary>
/// <remarks>
/// Each property is checked when it is set. What properties demand of each other (a burst needs a bucket algorithm,
/// initial permits must fit the burst) is checked once, when a limiter first uses the policy or an application that
/// registered it starts; <see cref="Validate"/> asks at once.
/// </remarks>
public sealed record RateLimitPolicy
{
    /// <summary>The most rates that one policy may have.</summary>
    public const int MaxRates = 8;

    private readonly string _name;
    private readonly ImmutableArray<Rate> _rates;
    private readonly RateLimitAlgorithm _algorithm;
    private readonly long? _burst;
    private readonly long? _initialPermits;
    private readonly FailureMode? _onBackendFailure;
    private readonly TimeSpan _maxWait;
    private RateProgram? _program;

    /// <summary>Creates a policy with one or more rates.</summary>
    /// <param name="name">The bucket's name; policies of one name share their buckets. Not empty.</param>
    /// <param name="rates">From 1 to <see cref="MaxRates"/> rates; all must admit.</param>
    /// <exception cref="ArgumentException">The name is empty, or a rate is outside its range.</exception>
    public RateLimitPolicy(string name, params ImmutableArray<Rate> rates)
    {
        _name = PolicyRules.CheckName(name);
        _rates = PolicyRules.CheckRates(rates);
    }

    private RateLimitPolicy(RateLimitPolicy original)
    {
        _name = original._name;
        _rates = original._rates;
        _algorithm = original._algorithm;
        _burst = original._burst;
        _initialPermits = original._initialPermits;
        _onBackendFailure = original._onBackendFailure;
        _maxWait = original._maxWait;
        AlignToClock = original.AlignToClock;
        Backend = original.Backend;
        Shadow = original.Shadow;

        // `with` changes properties after this, so nothing worked out for the original may be kept.
        _program = null;
        Resolution = null;
    }

    /// <summary>Creates a policy from a rate text.</summary>
    /// <param name="name">The bucket's name; policies of one name share their buckets. Not empty.</param>
    /// <param name="rates">One or more rates, such as <c>"10/s; 500/h"</c>.</param>
    /// <returns>The policy, with the token bucket algorithm.</returns>
    /// <exception cref="FormatException">The rate text is invalid; the message says where and what was expected.</exception>
    /// <exception cref="ArgumentException">The name is empty, or there are more than <see cref="MaxRates"/> rates.</exception>
    public static RateLimitPolicy Parse(string name, string rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        return RateParser.TryParseAll(rates, out var parsed, out var error)
            ? new RateLimitPolicy(name, [.. parsed.Select(rate => Rate.From(rate))])
            : throw new FormatException(error.Describe(rates));
    }

    /// <summary>The bucket's name. Policies of one name share their buckets. Not empty.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Name { get => _name; init => _name = PolicyRules.CheckName(value); }

    /// <summary>The rates, all of which must admit, in the order written; from 1 to <see cref="MaxRates"/>.</summary>
    /// <exception cref="ArgumentException">There is no rate, or too many, or one is outside its range.</exception>
    public ImmutableArray<Rate> Rates { get => _rates; init => _rates = PolicyRules.CheckRates(value); }

    /// <summary>How the rates are measured. Default <see cref="RateLimitAlgorithm.TokenBucket"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enum's.</exception>
    public RateLimitAlgorithm Algorithm
    {
        get => _algorithm;
        init => _algorithm = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The algorithm must be one of RateLimitAlgorithm's.");
    }

    /// <summary>
    /// Capacity of a token or leaky bucket, in permits; <see langword="null"/> (default) means the rate's permits. With
    /// several rates, that of the one with the shortest period.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long? Burst { get => _burst; init => _burst = PolicyRules.CheckPermits(value, nameof(Burst)); }

    /// <summary>
    /// Permits that a new token or leaky bucket starts with, at most its capacity; <see langword="null"/> (default) means
    /// all. With several rates, those of the one with the shortest period.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long? InitialPermits { get => _initialPermits; init => _initialPermits = PolicyRules.CheckPermits(value, nameof(InitialPermits)); }

    /// <summary>Whether a fixed window is aligned to the UTC epoch (default) or starts at a key's first request.</summary>
    public bool AlignToClock { get; init; } = true;

    /// <summary>What happens when the backend cannot decide. Default <see cref="FailureMode.Local"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enum's.</exception>
    public FailureMode OnBackendFailure
    {
        get => _onBackendFailure ?? FailureMode.Local;
        init => _onBackendFailure = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The failure mode must be one of FailureMode's.");
    }

    /// <summary>
    /// The longest wait for a permit that an asynchronous call accepts, in order of reservation; zero (default) means
    /// none for a token bucket and no bound but the capacity for a leaky bucket. At most 365250 days.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or too long.</exception>
    public TimeSpan MaxWait { get => _maxWait; init => _maxWait = PolicyRules.CheckWait(value); }

    /// <summary>The name of the backend that keeps the buckets; <see langword="null"/> (default) means the default one.</summary>
    public string? Backend { get; init; }

    /// <summary>Whether the policy only decides and reports, and never blocks.</summary>
    public bool Shadow { get; init; }

    /// <summary>Checks what the properties demand of each other.</summary>
    /// <returns>This policy.</returns>
    /// <exception cref="ArgumentException">Two properties contradict each other; the message names them and what would be right.</exception>
    public RateLimitPolicy Validate()
    {
        _ = Program;
        return this;
    }

    /// <summary>Whether two policies are equal in every property.</summary>
    /// <param name="other">The other policy.</param>
    /// <returns><see langword="true"/> when every property is equal, the rates one by one.</returns>
    public bool Equals(RateLimitPolicy? other) =>
        other is not null
        && Name == other.Name
        && Rates.AsSpan().SequenceEqual(other.Rates.AsSpan())
        && Algorithm == other.Algorithm
        && Burst == other.Burst
        && InitialPermits == other.InitialPermits
        && AlignToClock == other.AlignToClock
        && OnBackendFailure == other.OnBackendFailure
        && MaxWait == other.MaxWait
        && Backend == other.Backend
        && Shadow == other.Shadow;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Rates[0], Rates.Length, Algorithm, Burst, MaxWait);

    /// <summary>Whether <see cref="OnBackendFailure"/> was set rather than left to its default.</summary>
    internal bool SetsFailureMode => _onBackendFailure is not null;

    /// <summary>The policy worked out into integers, once.</summary>
    internal RateProgram Program => _program ??= RateProgram.Create(this);

    /// <summary>What the limiter that used the policy last made of it, so that it need not be looked up for each call.</summary>
    internal object? Resolution { get; set; }
}
