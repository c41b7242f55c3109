using SmartRateLimit.Resilience;

namespace SmartRateLimit.Backends.Remote;

/// <summary>The way of a request to its store: what is remembered, the circuit breaker, a shared call.</summary>
internal sealed class StorePath(GuardedStore guard, RefusalMemory refusals, CallLanes lanes) : IFallibleBackend
{
    public TimeSpan RetryAfter => guard.Breaker.RetryAfter;

    public bool IsFailing => guard.Breaker.IsFailing;

    public Attempt TryAcquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        var mark = refusals.Mark(policy, key);
        if (refusals.TryRecall(mark, policy, key, cost, mayReserve: false, out var decision))
        {
            return Attempt.Decided(decision);
        }

        var request = new StoreRequest(policy, key.ToString().AsMemory(), cost);
        var failure = guard.Call([request], new Span<RateLimitDecision>(ref decision), static (store, requests, decisions) => store.Acquire(requests, decisions));
        return Settle(failure, mark, request, decision);
    }

    public ValueTask<Attempt> TryAcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Attempt>(cancellationToken);
        }

        var mayReserve = policy.MaxWait > TimeSpan.Zero;
        var mark = refusals.Mark(policy, key);
        if (refusals.TryRecall(mark, policy, key, cost, mayReserve, out var decision))
        {
            return new(Attempt.Decided(decision));
        }

        if (guard.Breaker.State == CircuitState.Closed)
        {
            return lanes.AcquireAsync(policy, key, cost, mayReserve, mark, cancellationToken);
        }

        // Nobody is to queue behind a probe, so it travels alone.
        return guard.Breaker.TryEnter(out var pass)
            ? ProbeAsync(pass, new StoreRequest(policy, key.ToString().AsMemory(), cost, MayReserve: mayReserve), mark, cancellationToken)
            : new(Attempt.Failed(guard.Breaker.LastFailure));
    }

    public Attempt TryAcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        if (Steps(requests) is { Count: > 1 } steps)
        {
            return new StepwiseGroup(this, steps, requests.ToArray(), decisions).Acquire();
        }

        var failure = guard.Call(Copy(requests, mayReserve: false), decisions.Span, static (store, requests, decisions) => store.AcquireAll(requests, decisions));
        return Settle(failure, decisions.Span[..requests.Length]);
    }

    public ValueTask<Attempt> TryAcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        Steps(requests) is { Count: > 1 } steps
            ? new StepwiseGroup(this, steps, requests.ToArray(), decisions).AcquireAsync(cancellationToken)
            : AcquireTogetherAsync(Copy(requests, mayReserve: true), decisions, cancellationToken);

    public ValueTask<Attempt> TryPeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        PeekAsync(policy, key.ToString().AsMemory(), cancellationToken);

    public Attempt TryPeek(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        RateLimitDecision decision = default;
        var failure = guard.Call(
            [new StoreRequest(policy, key.ToString().AsMemory(), 1)],
            new Span<RateLimitDecision>(ref decision),
            static (store, requests, decisions) => decisions[0] = store.Peek(requests[0].Policy, requests[0].Key.Span));
        return failure is null ? Attempt.Decided(decision) : Attempt.Failed(failure);
    }

    public RateLimitBackendException? TryRefund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        try
        {
            return guard.Call(
                [new StoreRequest(policy, key.ToString().AsMemory(), cost)],
                [],
                static (store, requests, _) => store.Refund(requests[0].Policy, requests[0].Key.Span, requests[0].Cost));
        }
        finally
        {
            refusals.Forget(policy.Name, key);
        }
    }

    public ValueTask<RateLimitBackendException?> TryRefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        var copy = key.ToString();
        return ReplenishAsync(policy, copy, token => guard.Store.RefundAsync(policy, copy.AsMemory(), cost, token), cancellationToken);
    }

    public ValueTask<RateLimitBackendException?> TryResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        var copy = key.ToString();
        return ReplenishAsync(policy, copy, token => guard.Store.ResetAsync(policy, copy.AsMemory(), token), cancellationToken);
    }

    // A caller who gives up does not stop the call: what it finds out about the store is for everybody.
    private static async ValueTask<RateLimitBackendException?> AwaitAsync(ValueTask<RateLimitBackendException?> call, CancellationToken cancellationToken)
    {
        if (call.IsCompleted)
        {
            return await call.ConfigureAwait(false);
        }

        var failure = await call.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        await DriverThread.LeaveAsync();
        return failure;
    }

    private static Attempt Settle(RateLimitBackendException? failure, ReadOnlySpan<RateLimitDecision> decisions) =>
        failure is null ? Attempt.Decided(CombinedDecision.Of(decisions)) : Attempt.Failed(failure);

    // The caller's keys may be gone before a call that was given up has ended.
    private static StoreRequest[] Copy(ReadOnlySpan<RateLimitRequest> requests, bool mayReserve)
    {
        var copy = new StoreRequest[requests.Length];
        for (var i = 0; i < copy.Length; i++)
        {
            var (policy, key, cost) = requests[i];
            copy[i] = new StoreRequest(policy, key.ToString().AsMemory(), cost, MayReserve: mayReserve && policy.MaxWait > TimeSpan.Zero);
        }

        return copy;
    }

    private Attempt Settle(RateLimitBackendException? failure, RefusalMark mark, in StoreRequest request, in RateLimitDecision decision)
    {
        if (failure is not null)
        {
            return Attempt.Failed(failure);
        }

        refusals.Learn(mark, request, decision);
        return Attempt.Decided(decision);
    }

    private async ValueTask<Attempt> ProbeAsync(CircuitPass pass, StoreRequest request, RefusalMark mark, CancellationToken cancellationToken)
    {
        var requests = new[] { request };
        var decisions = new RateLimitDecision[1];
        var call = guard.CallAsync(pass, token => guard.Store.AcquireAsync(requests, decisions, token));
        return Settle(await AwaitAsync(call, cancellationToken).ConfigureAwait(false), mark, request, decisions[0]);
    }

    private async ValueTask<Attempt> AcquireTogetherAsync(StoreRequest[] requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        // A late reply must not write where the caller looks no more.
        var own = new RateLimitDecision[requests.Length];
        var call = guard.CallAsync(token => guard.Store.AcquireAllAsync(requests, own, token));
        var failure = await AwaitAsync(call, cancellationToken).ConfigureAwait(false);
        own.CopyTo(decisions);
        return Settle(failure, own);
    }

    private async ValueTask<Attempt> PeekAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken)
    {
        RateLimitDecision decision = default;
        var call = guard.CallAsync(async token => decision = await guard.Store.PeekAsync(policy, key, token).ConfigureAwait(false));
        var failure = await AwaitAsync(call, cancellationToken).ConfigureAwait(false);
        return failure is null ? Attempt.Decided(decision) : Attempt.Failed(failure);
    }

    private async ValueTask<RateLimitBackendException?> ReplenishAsync(RateLimitPolicy policy, string key, Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken)
    {
        try
        {
            return await AwaitAsync(guard.CallAsync(call), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            refusals.Forget(policy.Name, key);
        }
    }

    /// <summary>The places of the requests of each slot.</summary>
    private List<List<int>> Steps(ReadOnlySpan<RateLimitRequest> requests)
    {
        var slots = new Dictionary<int, List<int>>();
        for (var i = 0; i < requests.Length; i++)
        {
            var slot = guard.Store.Slot(requests[i].Policy, requests[i].Key.Span);
            if (!slots.TryGetValue(slot, out var places))
            {
                slots.Add(slot, places = []);
            }

            places.Add(i);
        }

        return [.. slots.Values];
    }
}
