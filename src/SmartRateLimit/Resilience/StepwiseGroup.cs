using SmartRateLimit.Backends;

namespace SmartRateLimit.Resilience;

/// <summary>
/// Several requests that are admitted together or not at all, where the backend can decide only some of them as one
/// step: permits taken in earlier steps are handed back when a later one rejects or fails.
/// </summary>
internal sealed class StepwiseGroup(IFallibleBackend backend, List<List<int>> steps, RateLimitRequest[] requests, Memory<RateLimitDecision> decisions)
{
    public async ValueTask<Attempt> AcquireAsync(CancellationToken cancellationToken)
    {
        for (var taken = 0; taken < steps.Count; taken++)
        {
            Attempt attempt;
            try
            {
                attempt = await TakeAsync(steps[taken], cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                await HandBackAsync(taken).ConfigureAwait(false);
                throw;
            }

            if (!attempt.IsDecided || !attempt.Decision.IsAllowed)
            {
                return await RejectAsync(attempt, taken).ConfigureAwait(false);
            }
        }

        return Attempt.Decided(CombinedDecision.Of(decisions.Span[..requests.Length]));
    }

    /// <summary>The same for a caller who blocks.</summary>
    public Attempt Acquire()
    {
        for (var taken = 0; taken < steps.Count; taken++)
        {
            var attempt = Take(steps[taken]);
            if (!attempt.IsDecided || !attempt.Decision.IsAllowed)
            {
                return Reject(attempt, taken);
            }
        }

        return Attempt.Decided(CombinedDecision.Of(decisions.Span[..requests.Length]));
    }

    private static IEnumerable<int> Places(IEnumerable<List<int>> some) => some.SelectMany(step => step);

    private async ValueTask<Attempt> TakeAsync(List<int> step, CancellationToken cancellationToken)
    {
        if (step.Count == 1)
        {
            var (policy, key, cost) = requests[step[0]];
            return Note(step[0], await backend.TryAcquireAsync(policy, key.Span, cost, cancellationToken).ConfigureAwait(false));
        }

        var own = new RateLimitDecision[step.Count];
        var attempt = await backend.TryAcquireAllAsync(Of(step), own, cancellationToken).ConfigureAwait(false);
        Note(step, own);
        return attempt;
    }

    private Attempt Take(List<int> step)
    {
        if (step.Count == 1)
        {
            var (policy, key, cost) = requests[step[0]];
            return Note(step[0], backend.TryAcquire(policy, key.Span, cost));
        }

        var own = new RateLimitDecision[step.Count];
        var attempt = backend.TryAcquireAll(Of(step), own);
        Note(step, own);
        return attempt;
    }

    private async ValueTask<Attempt> RejectAsync(Attempt attempt, int taken)
    {
        await HandBackAsync(taken).ConfigureAwait(false);
        if (!attempt.IsDecided)
        {
            return attempt;
        }

        var rejection = attempt.Decision;
        foreach (var place in Places(steps.Skip(taken + 1)))
        {
            var (policy, key, _) = requests[place];
            rejection = Note(place, await backend.TryPeekAsync(policy, key.Span, CancellationToken.None).ConfigureAwait(false), rejection);
        }

        return Attempt.Decided(rejection);
    }

    private Attempt Reject(Attempt attempt, int taken)
    {
        foreach (var place in Places(steps.Take(taken)))
        {
            var (policy, key, cost) = requests[place];
            _ = backend.TryRefund(policy, key.Span, cost);
        }

        if (!attempt.IsDecided)
        {
            return attempt;
        }

        var rejection = attempt.Decision;
        foreach (var place in Places(steps.Skip(taken + 1)))
        {
            var (policy, key, _) = requests[place];
            rejection = Note(place, backend.TryPeek(policy, key.Span), rejection);
        }

        return Attempt.Decided(rejection);
    }

    // A caller who gave up must not lose what others could use; what cannot be handed back stays spent.
    private async ValueTask HandBackAsync(int taken)
    {
        foreach (var place in Places(steps.Take(taken)))
        {
            var (policy, key, cost) = requests[place];
            _ = await backend.TryRefundAsync(policy, key.Span, cost, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private RateLimitRequest[] Of(List<int> step) => [.. step.Select(place => requests[place])];

    private void Note(List<int> step, RateLimitDecision[] own)
    {
        for (var i = 0; i < own.Length; i++)
        {
            decisions.Span[step[i]] = own[i];
        }
    }

    // What could not be found out does not change who rejected.
    private RateLimitDecision Note(int place, Attempt peek, RateLimitDecision rejection)
    {
        decisions.Span[place] = peek.IsDecided ? peek.Decision : RateLimitDecision.Unavailable(requests[place].Policy, backend.RetryAfter);
        return peek.IsDecided ? CombinedDecision.Of([rejection, peek.Decision]) : rejection;
    }

    private Attempt Note(int place, Attempt attempt)
    {
        decisions.Span[place] = attempt.Decision;
        return attempt;
    }
}
