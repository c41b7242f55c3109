using SmartRateLimit.Resilience;

namespace SmartRateLimit.Backends.Multi;

/// <summary>Asks the chosen member, and where it cannot decide the next one. A rejection is a decision, and final.</summary>
internal sealed class MultiPath(BackendMember[] members, MemberOrder order, Action reviewed) : IFallibleBackend
{
    private readonly Deciders _deciders = new();

    public TimeSpan RetryAfter => members.Min(member => member.Path.RetryAfter);

    public bool IsFailing => Array.TrueForAll(members, member => !member.IsHealthy || member.Path.IsFailing);

    public Attempt TryAcquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        var first = order.First();
        var attempt = members[first].Path.TryAcquire(policy, key, cost);
        if (IsDecided(first, attempt))
        {
            return Settle(first, attempt, policy, key, cost);
        }

        var copy = key.ToString();
        var (member, next) = Blocking(AskOthersAsync(first, attempt, path => new(path.TryAcquire(policy, copy, cost))));
        return Settle(member, next, policy, key, cost);
    }

    public ValueTask<Attempt> TryAcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        var first = order.First();
        var pending = members[first].Path.TryAcquireAsync(policy, key, cost, cancellationToken);
        if (!pending.IsCompletedSuccessfully)
        {
            return AcquireAsync(first, pending, policy, key.ToString(), cost, cancellationToken);
        }

        var attempt = pending.Result;
        return IsDecided(first, attempt)
            ? new(Settle(first, attempt, policy, key, cost))
            : AcquireElsewhereAsync(first, attempt, policy, key.ToString(), cost, cancellationToken);
    }

    public Attempt TryAcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        var copy = requests.ToArray();
        return Settle(Blocking(AskAsync(path => new(path.TryAcquireAll(copy, decisions)))), copy, decisions.Span);
    }

    public async ValueTask<Attempt> AcquireAllAsync(RateLimitRequest[] requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(path => path.TryAcquireAllAsync(requests, decisions, cancellationToken)).ConfigureAwait(false);
        return Settle(answer, requests, decisions.Span);
    }

    public ValueTask<Attempt> TryAcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        AcquireAllAsync(requests.ToArray(), decisions, cancellationToken);

    public ValueTask<Attempt> TryPeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        PeekAsync(policy, key.ToString(), cancellationToken);

    public Attempt TryPeek(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        var copy = key.ToString();
        var (member, attempt) = Blocking(AskAsync(path => new(path.TryPeek(policy, copy))));
        return Settle(member, attempt);
    }

    public RateLimitBackendException? TryRefund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) =>
        _deciders.Of(policy, key) is var member and >= 0 ? members[member].Path.TryRefund(policy, key, cost) : null;

    public ValueTask<RateLimitBackendException?> TryRefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        _deciders.Of(policy, key) is var member and >= 0
            ? members[member].Path.TryRefundAsync(policy, key, cost, cancellationToken)
            : new(result: null);

    /// <summary>Every member may know the bucket.</summary>
    public async ValueTask<RateLimitBackendException?> ResetAsync(RateLimitPolicy policy, string key, CancellationToken cancellationToken)
    {
        RateLimitBackendException? worst = null;
        foreach (var member in members)
        {
            var failure = await member.Path.TryResetAsync(policy, key, cancellationToken).ConfigureAwait(false);
            worst = failure is null ? worst : RateLimitBackendException.Worse(worst, failure);
        }

        return worst;
    }

    public ValueTask<RateLimitBackendException?> TryResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        ResetAsync(policy, key.ToString(), cancellationToken);

    // What is asked of members without awaiting is complete when it is returned.
    private static (int Member, Attempt Attempt) Blocking(ValueTask<(int Member, Attempt Attempt)> complete) => complete.AsTask().GetAwaiter().GetResult();

    private async ValueTask<Attempt> AcquireAsync(int first, ValueTask<Attempt> pending, RateLimitPolicy policy, string key, long cost, CancellationToken cancellationToken)
    {
        var attempt = await pending.ConfigureAwait(false);
        return IsDecided(first, attempt)
            ? Settle(first, attempt, policy, key, cost)
            : await AcquireElsewhereAsync(first, attempt, policy, key, cost, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Attempt> AcquireElsewhereAsync(int first, Attempt failed, RateLimitPolicy policy, string key, long cost, CancellationToken cancellationToken)
    {
        var (member, attempt) = await AskOthersAsync(first, failed, path => path.TryAcquireAsync(policy, key, cost, cancellationToken)).ConfigureAwait(false);
        return Settle(member, attempt, policy, key, cost);
    }

    private async ValueTask<Attempt> PeekAsync(RateLimitPolicy policy, string key, CancellationToken cancellationToken)
    {
        var (member, attempt) = await AskAsync(path => path.TryPeekAsync(policy, key, cancellationToken)).ConfigureAwait(false);
        return Settle(member, attempt);
    }

    private async ValueTask<(int Member, Attempt Attempt)> AskAsync(Func<IFallibleBackend, ValueTask<Attempt>> ask)
    {
        var first = order.First();
        var attempt = await ask(members[first].Path).ConfigureAwait(false);
        return IsDecided(first, attempt) ? (first, attempt) : await AskOthersAsync(first, attempt, ask).ConfigureAwait(false);
    }

    private async ValueTask<(int Member, Attempt Attempt)> AskOthersAsync(int first, Attempt failed, Func<IFallibleBackend, ValueTask<Attempt>> ask)
    {
        var tried = 1UL << first;
        var worst = failed.Failure!;
        while (order.Next(tried) is var member and >= 0)
        {
            var attempt = await ask(members[member].Path).ConfigureAwait(false);
            if (IsDecided(member, attempt))
            {
                return (member, attempt);
            }

            tried |= 1UL << member;
            worst = RateLimitBackendException.Worse(worst, attempt.Failure!);
        }

        return (first, Attempt.Failed(worst));
    }

    private bool IsDecided(int member, in Attempt attempt)
    {
        if (!attempt.IsShared && members[member].Note(attempt.Failure))
        {
            reviewed();
        }

        return attempt.IsDecided;
    }

    private Attempt Settle(int member, in Attempt attempt, RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        if (attempt.IsDecided && attempt.Decision.IsAllowed && cost > 0)
        {
            _deciders.Note(policy, key, member);
        }

        return Settle(member, attempt);
    }

    private Attempt Settle((int Member, Attempt Attempt) answer, RateLimitRequest[] requests, Span<RateLimitDecision> decisions)
    {
        if (answer.Attempt.IsDecided)
        {
            for (var i = 0; i < requests.Length; i++)
            {
                decisions[i] = Settle(answer.Member, Attempt.Decided(decisions[i]), requests[i].Policy, requests[i].Key.Span, requests[i].Cost).Decision;
            }
        }

        return Settle(answer.Member, answer.Attempt);
    }

    // A decision of a later backend stands in for one that the preferred backend could not make.
    private Attempt Settle(int member, in Attempt attempt) =>
        attempt.IsDecided && order.IsFallback(member) ? Attempt.Decided(attempt.Decision.AsDegraded()) : attempt;
}
