using System.Globalization;
using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit;

/// <summary>Whether a call may happen, and what is left. 32 bytes; what belongs to the policy is referenced, not copied.</summary>
/// <remarks>The default value rejects with <see cref="RateLimitReason.BackendUnavailable"/>, so a decision nobody made admits nothing.</remarks>
public readonly struct RateLimitDecision : IEquatable<RateLimitDecision>
{
    private readonly DecisionCase? _case;
    private readonly long _remainingOrWord;
    private readonly long _waitOrCost;
    private readonly long _resetOrNow;

    /// <param name="case">What the decision says beside its numbers.</param>
    /// <param name="remaining">Permits left; or, where the case has a reading, the state.</param>
    /// <param name="wait">Ticks until the call may proceed, or until it would be admitted; the cost of a rejected one, where the case has a reading.</param>
    /// <param name="reset">Ticks until nothing is spent; or, where the case has a reading, the time.</param>
    internal RateLimitDecision(DecisionCase @case, long remaining, long wait, long reset)
    {
        _case = @case;
        _remainingOrWord = remaining;
        _waitOrCost = wait;
        _resetOrNow = reset;
    }

    /// <summary>Whether the call may happen, after <see cref="Delay"/>.</summary>
    public bool IsAllowed => _case is { IsAllowed: true };

    /// <summary>Why.</summary>
    public RateLimitReason Reason => _case?.Reason ?? RateLimitReason.BackendUnavailable;

    /// <summary>The most permits that can be spent at once: of the rate with the least remaining, the first written of equals.</summary>
    public long Limit => _case?.Limit ?? 0;

    /// <summary>Permits left after this decision, rounded down, of the same rate as <see cref="Limit"/>; never negative.</summary>
    public long Remaining => _case?.Reading is { } reading ? reading.Remaining(_remainingOrWord, _resetOrNow) : _remainingOrWord;

    /// <summary>
    /// The exact shortest wait after which the same call would be admitted if nobody else came; zero when it was admitted,
    /// <see cref="Timeout.InfiniteTimeSpan"/> when waiting does not help.
    /// </summary>
    public TimeSpan RetryAfter => Reason is RateLimitReason.Allowed or RateLimitReason.Skipped ? TimeSpan.Zero : Duration(Wait);

    /// <summary>The wait until the bucket is untouched again, or its window ends; <see cref="Timeout.InfiniteTimeSpan"/> when it never is.</summary>
    public TimeSpan ResetAfter => Duration(Reset);

    /// <summary>How long an admitted call has to wait before it happens; an asynchronous acquire has waited already.</summary>
    public TimeSpan Delay => Reason is RateLimitReason.Allowed ? Duration(_waitOrCost) : TimeSpan.Zero;

    /// <summary>The rate that refused, with several the one with the longest retry-after; <see langword="null"/> when none did.</summary>
    public Rate? ViolatedRate => _case?.ViolatedRate;

    /// <summary>Whether a fallback decided because the backend could not.</summary>
    public bool IsDegraded => _case is { IsDegraded: true };

    /// <summary>The policy that decided; <see langword="null"/> only in a default value.</summary>
    public RateLimitPolicy? Policy => _case?.Policy;

    /// <summary>Whether two decisions say the same.</summary>
    /// <param name="left">One decision.</param>
    /// <param name="right">Another decision.</param>
    /// <returns><see langword="true"/> when they are equal.</returns>
    public static bool operator ==(RateLimitDecision left, RateLimitDecision right) => left.Equals(right);

    /// <summary>Whether two decisions differ.</summary>
    /// <param name="left">One decision.</param>
    /// <param name="right">Another decision.</param>
    /// <returns><see langword="true"/> when they differ.</returns>
    public static bool operator !=(RateLimitDecision left, RateLimitDecision right) => !left.Equals(right);

    /// <summary>An admission.</summary>
    /// <param name="policy">The policy that decided.</param>
    /// <param name="remaining">Permits left, at least 0.</param>
    /// <param name="resetAfter">See <see cref="ResetAfter"/>.</param>
    /// <param name="delay">How long the call has to wait.</param>
    /// <param name="leastRate">Index of the rate with the least remaining.</param>
    /// <returns>The decision.</returns>
    public static RateLimitDecision Allow(RateLimitPolicy policy, long remaining, TimeSpan resetAfter, TimeSpan delay = default, int leastRate = 0) =>
        new(Cases(policy).Get(leastRate, -1, RateLimitReason.Allowed, false), Count(remaining), Length(delay), Length(resetAfter));

    /// <summary>A rejection by a rate.</summary>
    /// <param name="policy">The policy that decided.</param>
    /// <param name="remaining">Permits left, at least 0.</param>
    /// <param name="retryAfter">See <see cref="RetryAfter"/>.</param>
    /// <param name="resetAfter">See <see cref="ResetAfter"/>.</param>
    /// <param name="leastRate">Index of the rate with the least remaining.</param>
    /// <param name="violatedRate">Index of the rate that refused with the longest retry-after.</param>
    /// <param name="costExceedsLimit">Whether the cost can never fit.</param>
    /// <returns>The decision.</returns>
    public static RateLimitDecision Reject(RateLimitPolicy policy, long remaining, TimeSpan retryAfter, TimeSpan resetAfter, int leastRate = 0, int violatedRate = 0, bool costExceedsLimit = false) =>
        new(
            Cases(policy).Get(leastRate, violatedRate, costExceedsLimit ? RateLimitReason.CostExceedsLimit : RateLimitReason.Exceeded, false),
            Count(remaining),
            Length(retryAfter),
            Length(resetAfter));

    /// <summary>What is answered when no backend can decide and the policy is closed.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="retryAfter">When to try again.</param>
    /// <returns>A degraded rejection.</returns>
    public static RateLimitDecision Unavailable(RateLimitPolicy policy, TimeSpan retryAfter) =>
        new(Cases(policy).Get(0, -1, RateLimitReason.BackendUnavailable, true), 0, Length(retryAfter), 0);

    /// <inheritdoc/>
    public bool Equals(RateLimitDecision other) =>
        ReferenceEquals(_case?.Settled, other._case?.Settled) && Remaining == other.Remaining && Wait == other.Wait && Reset == other.Reset;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RateLimitDecision other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_case?.Settled, Remaining, Wait, Reset);

    /// <summary>The decision as a sentence for a developer; it holds no key.</summary>
    /// <returns>For instance <c>Rate limit "search" exceeded (10/s): retry after 00:00:00.1000000.</c></returns>
    public override string ToString() => Describe();

    private long Wait => _case is { Reading: { } reading, IsAllowed: false } ? reading.Wait(_remainingOrWord, _resetOrNow, _waitOrCost) : _waitOrCost;

    private long Reset => _case?.Reading is { } reading ? reading.ResetIn(_remainingOrWord, _resetOrNow) : _resetOrNow;

    /// <summary>The same decision as a policy that only observes makes it: a rejection becomes an admission.</summary>
    internal RateLimitDecision Shadowed() => _case is null ? this : new(_case.Settled.Shadowed, Remaining, Wait, Reset);

    /// <summary>The same admission with another delay, in ticks.</summary>
    internal RateLimitDecision WithDelay(long delay) => new(_case!, _remainingOrWord, delay, _resetOrNow);

    /// <summary>The same decision as a fallback makes it.</summary>
    internal RateLimitDecision AsDegraded() => _case is null ? this : new(_case.Settled.Degraded, Remaining, Wait, Reset);

    /// <summary>The same decision by a clock that may be late: a rejected caller waits as much longer.</summary>
    internal RateLimitDecision WithGranule(long granule) =>
        granule == 0 || IsAllowed || Wait == Ticks.Never ? this : new(_case!.Settled, Remaining, Wait + granule, Reset);

    /// <summary>The same decision by a clock of so many ticks a step: its times are rounded up.</summary>
    internal RateLimitDecision InStepsOf(long ticks) => new(_case!.Settled, Remaining, Ticks.Up(Wait, ticks), Ticks.Up(Reset, ticks));

    /// <summary>The same rejection some ticks later.</summary>
    internal RateLimitDecision Later(long elapsed, long wait, long remaining) =>
        new(_case!.Settled, remaining, wait, Reset == Ticks.Never ? Ticks.Never : Math.Max(0, Reset - elapsed));

    internal string Describe() => Reason switch
    {
        RateLimitReason.Exceeded => string.Create(CultureInfo.InvariantCulture, $"Rate limit \"{Policy?.Name}\" exceeded ({ViolatedRate}): retry after {Wording(RetryAfter)}."),
        RateLimitReason.CostExceedsLimit => string.Create(CultureInfo.InvariantCulture, $"Rate limit \"{Policy?.Name}\" can never admit this cost: at most {Policy!.Program.Capacity} fit at once."),
        RateLimitReason.BackendUnavailable => string.Create(CultureInfo.InvariantCulture, $"Rate limit \"{Policy?.Name}\" could not be decided, and its policy is closed: retry after {Wording(RetryAfter)}."),
        _ => string.Create(CultureInfo.InvariantCulture, $"Rate limit \"{Policy?.Name}\": {Reason}, {Remaining} of {Limit} left."),
    };

    private static string Wording(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? "a change of the limit" : wait.ToString("c", CultureInfo.InvariantCulture);

    private static DecisionCases Cases(RateLimitPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Program.Cases;
    }

    private static long Count(long remaining)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(remaining);
        return remaining;
    }

    private static long Length(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? Ticks.Never
        : time >= TimeSpan.Zero ? time.Ticks
        : throw new ArgumentOutOfRangeException(nameof(time), time, "A time of a decision must not be negative; Timeout.InfiniteTimeSpan means never.");

    private static TimeSpan Duration(long ticks) => ticks == Ticks.Never ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(ticks);
}
