namespace SmartRateLimit.Testing;

/// <summary>What a <see cref="TestRateLimiter"/> answers to one request.</summary>
public sealed class TestAnswer
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    private readonly Func<RateLimitPolicy, RateLimitDecision>? _decide;

    private TestAnswer(Func<RateLimitPolicy, RateLimitDecision>? decide) => _decide = decide;

    /// <summary>What the declared limit decides, in memory and on the limiter's clock.</summary>
    public static TestAnswer Enforce { get; } = new(null);

    /// <summary>An admission that charges nothing, with everything remaining.</summary>
    public static TestAnswer Allow { get; } = new(policy => RateLimitDecision.Allow(policy, policy.Program.Capacity, TimeSpan.Zero));

    /// <summary>A rejection because the limit is exceeded. A policy that only observes still admits, as <see cref="RateLimitReason.Shadowed"/>.</summary>
    /// <param name="retryAfter">What it tells the caller to wait: at least zero, or <see cref="Timeout.InfiniteTimeSpan"/>. Default one second.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is negative.</exception>
    public static TestAnswer Reject(TimeSpan? retryAfter = null)
    {
        var wait = Wait(retryAfter);
        return new(policy => RateLimitDecision.Reject(policy, 0, wait, wait));
    }

    /// <summary>A rejection because no backend can decide and the policy is closed: <see cref="RateLimitReason.BackendUnavailable"/>.</summary>
    /// <param name="retryAfter">What it tells the caller to wait: at least zero, or <see cref="Timeout.InfiniteTimeSpan"/>. Default one second.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is negative.</exception>
    public static TestAnswer Unavailable(TimeSpan? retryAfter = null)
    {
        var wait = Wait(retryAfter);
        return new(policy => RateLimitDecision.Unavailable(policy, wait));
    }

    /// <summary>An exception in place of a decision, as a limiter that is set up wrongly throws one.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>The answer.</returns>
    public static TestAnswer Throw(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(_ => throw exception);
    }

    /// <summary>Whether the declared limit is to decide.</summary>
    internal bool IsEnforced => _decide is null;

    /// <summary>The decision, as a limiter hands it out: a policy that only observes never blocks.</summary>
    internal RateLimitDecision For(RateLimitPolicy policy)
    {
        var decision = _decide!(policy);
        return policy.Shadow && !decision.IsAllowed ? decision.Shadowed() : decision;
    }

    private static TimeSpan Wait(TimeSpan? retryAfter)
    {
        var wait = retryAfter ?? DefaultRetryAfter;
        return wait >= TimeSpan.Zero || wait == Timeout.InfiniteTimeSpan
            ? wait
            : throw new ArgumentOutOfRangeException(nameof(retryAfter), wait, "A wait must not be negative; Timeout.InfiniteTimeSpan means that waiting does not help.");
    }
}
