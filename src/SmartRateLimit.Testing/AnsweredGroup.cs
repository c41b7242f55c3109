using System.Diagnostics.CodeAnalysis;
using SmartRateLimit.Backends;

namespace SmartRateLimit.Testing;

/// <summary>
/// Requests that are decided together, some by an answer and some by the declared limits: all are admitted, or the limits
/// charge nothing.
/// </summary>
internal sealed class AnsweredGroup
{
    private readonly RateLimitRequest[] _requests;
    private readonly TestAnswer[] _answers;
    private readonly Memory<RateLimitDecision> _decisions;

    /// <summary>How the declared limits are asked.</summary>
    private delegate ValueTask<RateLimitDecision> Ask(RateLimitRequest[] requests, RateLimitDecision[] decisions);

    private AnsweredGroup(RateLimitRequest[] requests, TestAnswer[] answers, Memory<RateLimitDecision> decisions)
    {
        _requests = requests;
        _answers = answers;
        _decisions = decisions;
    }

    public ReadOnlySpan<RateLimitRequest> Requests => _requests;

    public ReadOnlySpan<RateLimitDecision> Decisions => _decisions.Span;

    public static AnsweredGroup Of(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, AnswerScript script)
    {
        if (requests.IsEmpty)
        {
            throw new ArgumentException("There must be at least one request to decide.", nameof(requests));
        }

        if (!decisions.IsEmpty && decisions.Length < requests.Length)
        {
            throw new ArgumentException($"There is room for {decisions.Length} decisions, but there are {requests.Length} requests.", nameof(decisions));
        }

        var copies = requests.ToArray();
        return new AnsweredGroup(
            copies,
            Array.ConvertAll(copies, request => script.Next(request)),
            decisions.IsEmpty ? new RateLimitDecision[copies.Length] : decisions[..copies.Length]);
    }

    public ValueTask<RateLimitDecision> DecideAsync(DeclaredLimits limits, CancellationToken cancellationToken) =>
        DecideAsync(limits, (requests, decisions) => limits.Limiter.AcquireAllAsync(requests, decisions, cancellationToken), cancellationToken);

    /// <summary>The same at once: nothing is reserved, so nobody has to wait for a clock that stands still.</summary>
    [SuppressMessage("Performance", "CA1849:Call async methods when in an async method", Justification = "It is the one that does not wait which is asked for.")]
    public RateLimitDecision Decide(DeclaredLimits limits)
    {
        var decided = DecideAsync(limits, (requests, decisions) => new(limits.Limiter.AcquireAll(requests, decisions)), CancellationToken.None);
        return decided.AsTask().GetAwaiter().GetResult();
    }

    private async ValueTask<RateLimitDecision> DecideAsync(DeclaredLimits limits, Ask acquire, CancellationToken cancellationToken)
    {
        var enforced = Enumerable.Range(0, _requests.Length).Where(i => _answers[i].IsEnforced).ToArray();
        for (var i = 0; i < _requests.Length; i++)
        {
            if (!_answers[i].IsEnforced)
            {
                _decisions.Span[i] = _answers[i].For(_requests[i].Policy);
            }
        }

        var isRejected = Enumerable.Range(0, _requests.Length).Except(enforced).Any(i => !_decisions.Span[i].IsAllowed);
        var declared = Array.ConvertAll(enforced, i => limits.Request(_requests[i]));
        var theirs = isRejected
            ? await PeekAsync(limits, declared, cancellationToken).ConfigureAwait(false)
            : await AcquireAsync(declared, acquire).ConfigureAwait(false);
        foreach (var (i, decision) in enforced.Zip(theirs))
        {
            _decisions.Span[i] = decision;
        }

        return CombinedDecision.Of(_decisions.Span);
    }

    private static async ValueTask<RateLimitDecision[]> AcquireAsync(RateLimitRequest[] requests, Ask acquire)
    {
        var decisions = new RateLimitDecision[requests.Length];
        if (requests.Length > 0)
        {
            _ = await acquire(requests, decisions).ConfigureAwait(false);
        }

        return decisions;
    }

    private static async ValueTask<RateLimitDecision[]> PeekAsync(DeclaredLimits limits, RateLimitRequest[] requests, CancellationToken cancellationToken)
    {
        var decisions = new RateLimitDecision[requests.Length];
        for (var i = 0; i < requests.Length; i++)
        {
            decisions[i] = await limits.Limiter.PeekAsync(requests[i].Policy, requests[i].Key.Span, cancellationToken).ConfigureAwait(false);
        }

        return decisions;
    }
}
