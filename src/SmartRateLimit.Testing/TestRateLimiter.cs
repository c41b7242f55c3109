using SmartRateLimit.Limiting;

namespace SmartRateLimit.Testing;

/// <summary>
/// A limiter for tests. It enforces the declared limits in memory on <see cref="Clock"/>, until it is told to admit
/// everything, to reject everything or to follow a script, and remembers every decision. Safe under parallel callers.
/// </summary>
public sealed class TestRateLimiter : IRateLimiter
{
    private readonly AnswerScript _script = new();
    private readonly DecisionRecord _record = new();

    /// <summary>Creates a limiter that enforces the declared limits.</summary>
    /// <param name="clock">The clock that it decides and waits on; <see langword="null"/> makes one.</param>
    public TestRateLimiter(TestClock? clock = null)
    {
        Clock = clock ?? new TestClock();
        Declared = DeclaredLimits.On(Clock);
    }

    /// <summary>The clock of the declared limits, which stands still until a test moves it.</summary>
    public TestClock Clock { get; }

    /// <summary>Every decision so far, in the order of the answers. Peeks and resets are none.</summary>
    public IReadOnlyList<RecordedDecision> Decisions => _record.All;

    /// <summary>What decides where the declared limits are to.</summary>
    internal DeclaredLimits Declared { get; set; }

    /// <summary>From now on the declared limits decide, which is what a new limiter does. Ends a script.</summary>
    /// <returns>This limiter.</returns>
    public TestRateLimiter EnforceLimits() => AnswerWith(static _ => TestAnswer.Enforce);

    /// <summary>From now on every request is admitted and none is charged. Ends a script.</summary>
    /// <returns>This limiter.</returns>
    public TestRateLimiter AllowAll() => AnswerWith(static _ => TestAnswer.Allow);

    /// <summary>From now on every request is rejected, but those of policies that only observe. Ends a script.</summary>
    /// <param name="retryAfter">What callers are told to wait: at least zero, or <see cref="Timeout.InfiniteTimeSpan"/>. Default one second.</param>
    /// <returns>This limiter.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is negative.</exception>
    public TestRateLimiter RejectAll(TimeSpan? retryAfter = null)
    {
        var rejection = TestAnswer.Reject(retryAfter);
        return AnswerWith(_ => rejection);
    }

    /// <summary>From now on a function answers, by policy, key and cost. Ends a script.</summary>
    /// <param name="answer">The function; called once for each request, also by parallel callers.</param>
    /// <returns>This limiter.</returns>
    public TestRateLimiter AnswerWith(Func<RateLimitRequest, TestAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _script.Stand(answer);
        return this;
    }

    /// <summary>The next requests get these answers, one each; after them, what was in force before.</summary>
    /// <param name="answers">The answers; they follow those of an earlier script that are left.</param>
    /// <returns>This limiter.</returns>
    public TestRateLimiter Script(params TestAnswer[] answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        _script.Enqueue(answers);
        return this;
    }

    /// <summary>Forgets the decisions so far. Buckets and answers stay.</summary>
    public void ClearDecisions() => _record.Clear();

    /// <summary>Makes this <see cref="SmartRateLimiter.Shared"/>, for code that has no other limiter in reach, until the result is disposed.</summary>
    /// <returns>What ends it. Tests that run in parallel share the shared limiter.</returns>
    public IDisposable UseAsShared() => SharedLimiter.Use(this);

    /// <inheritdoc/>
    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1)
    {
        var request = Request(policy, key, cost);
        var answer = _script.Next(request);
        return _record.Add(request, answer.IsEnforced ? Declared.Limiter.Acquire(Declared.Policy(policy), key, cost) : answer.For(policy));
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1, CancellationToken cancellationToken = default) =>
        AcquireAsync(Request(policy, key, cost), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default, CancellationToken cancellationToken = default) =>
        AcquireAllAsync(AnsweredGroup.Of(requests, decisions, _script), cancellationToken);

    /// <inheritdoc/>
    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default)
    {
        var group = AnsweredGroup.Of(requests, decisions, _script);
        return Record(group, group.Decide(Declared));
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default) =>
        Declared.Limiter.PeekAsync(Declared.Policy(policy), key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default) =>
        Declared.Limiter.ResetAsync(Declared.Policy(policy), key, cancellationToken);

    private static RateLimitRequest Request(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        return new RateLimitRequest(policy, key.ToString(), cost);
    }

    private async ValueTask<RateLimitDecision> AcquireAsync(RateLimitRequest request, CancellationToken cancellationToken)
    {
        var answer = _script.Next(request);
        var decision = answer.IsEnforced
            ? await Declared.Limiter.AcquireAsync(Declared.Policy(request.Policy), request.Key.Span, request.Cost, cancellationToken).ConfigureAwait(false)
            : answer.For(request.Policy);
        return _record.Add(request, decision);
    }

    private async ValueTask<RateLimitDecision> AcquireAllAsync(AnsweredGroup group, CancellationToken cancellationToken) =>
        Record(group, await group.DecideAsync(Declared, cancellationToken).ConfigureAwait(false));

    private RateLimitDecision Record(AnsweredGroup group, RateLimitDecision decision)
    {
        _record.Add(group.Requests, group.Decisions, decision.IsAllowed);
        return decision;
    }
}
