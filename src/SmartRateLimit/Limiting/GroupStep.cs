namespace SmartRateLimit.Limiting;

/// <summary>The requests of a group that one backend decides in one step.</summary>
internal sealed class GroupStep
{
    private readonly IRateLimitBackend _backend;
    private readonly List<int> _places;
    private readonly List<RateLimitRequest> _requests;

    public GroupStep(int place, in ResolvedRequest first)
    {
        _backend = first.Backend;
        _places = [place];
        _requests = [first.Request];
    }

    /// <summary>Takes a request into this step if its backend can decide it together with the others.</summary>
    public bool TryAdd(int place, in ResolvedRequest next)
    {
        if (!ReferenceEquals(next.Backend, _backend) || _backend is not IAtomicRateLimitBackend)
        {
            return false;
        }

        _places.Add(place);
        _requests.Add(next.Request);
        return true;
    }

    /// <returns>Whether the requests were admitted and are charged.</returns>
    public async ValueTask<bool> Acquire(IBackendCalls calls, Memory<RateLimitDecision> decisions)
    {
        if (_requests.Count == 1)
        {
            var decision = await calls.Acquire(_backend, _requests[0]).ConfigureAwait(false);
            decisions.Span[_places[0]] = decision;
            return decision.IsAllowed;
        }

        var own = new RateLimitDecision[_requests.Count];
        var together = await calls.AcquireAll((IAtomicRateLimitBackend)_backend, _requests.ToArray(), own).ConfigureAwait(false);
        for (var i = 0; i < own.Length; i++)
        {
            decisions.Span[_places[i]] = own[i];
        }

        return together.IsAllowed;
    }

    public async ValueTask Peek(IBackendCalls calls, Memory<RateLimitDecision> decisions)
    {
        for (var i = 0; i < _requests.Count; i++)
        {
            var decision = await calls.Peek(_backend, _requests[i]).ConfigureAwait(false);
            decisions.Span[_places[i]] = decision;
        }
    }

    public async ValueTask Refund(IBackendCalls calls)
    {
        foreach (var request in _requests)
        {
            await calls.Refund(_backend, request).ConfigureAwait(false);
        }
    }
}
