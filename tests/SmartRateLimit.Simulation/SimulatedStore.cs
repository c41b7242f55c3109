namespace SmartRateLimit.Simulation;

/// <summary>What a node's driver would be: sends requests over a wire and waits for the reply.</summary>
internal sealed class SimulatedStore : IRateLimitStore
{
    private readonly StoreServer _server;
    private readonly Wire _wire;
    private readonly int _slots;

    public SimulatedStore(StoreServer server, Wire wire, int slots)
    {
        (_server, _wire, _slots) = (server, wire, slots);
        server.Replenished += (policy, key) =>
            wire.Deliver(() => BucketReplenished?.Invoke(this, new BucketReplenishedEventArgs(policy, key)));
    }

    public event EventHandler<BucketReplenishedEventArgs>? BucketReplenished;

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = null;
        return true;
    }

    // Each key ends in its number.
    public int Slot(RateLimitPolicy policy, ReadOnlySpan<char> key) => key[^1] % _slots;

    public ValueTask AcquireAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        var sent = Copy(requests.Span);
        return AskAsync(reply => _server.Decide(sent, reply), sent.Sum(request => request.Count), decisions);
    }

    public void Acquire(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions)
    {
        ThrowIfDown();
        _server.Decide(requests, decisions);
    }

    public ValueTask AcquireAllAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        var sent = Copy(requests.Span);
        return AskAsync(reply => _server.DecideTogether(sent, reply), sent.Length, decisions);
    }

    public void AcquireAll(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions)
    {
        ThrowIfDown();
        _server.DecideTogether(requests, decisions);
    }

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, long cost, CancellationToken cancellationToken)
    {
        var copy = key.ToString();

        // A request that comes twice charges twice, which only admits less; a refund is never sent again, so none does.
        return AskAsync(_ => _server.Refund(policy, copy, cost), 0, default, mayComeTwice: false);
    }

    public void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        ThrowIfDown();
        _server.Refund(policy, key.ToString(), cost);
    }

    public async ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken)
    {
        var copy = key.ToString();
        var decision = new RateLimitDecision[1];
        await AskAsync(reply => reply[0] = _server.Peek(policy, copy), 1, decision).ConfigureAwait(false);
        return decision[0];
    }

    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        ThrowIfDown();
        return _server.Peek(policy, key.ToString());
    }

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken)
    {
        var copy = key.ToString();
        return AskAsync(_ => _server.Reset(policy, copy), 0, default);
    }

    private static RateLimitBackendException Refused() => new(BackendFailure.Unavailable, "The connection was refused.");

    private static StoreRequest[] Copy(ReadOnlySpan<StoreRequest> requests)
    {
        var copy = requests.ToArray();
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = copy[i] with { Key = copy[i].Key.ToString().AsMemory() };
        }

        return copy;
    }

    private void ThrowIfDown()
    {
        if (!_server.IsUp || _wire.IsBlackHole)
        {
            throw Refused();
        }
    }

    private ValueTask AskAsync(Action<RateLimitDecision[]> decide, int replies, Memory<RateLimitDecision> decisions, bool mayComeTwice = true)
    {
        var done = new TaskCompletionSource();
        void Answer()
        {
            if (!_server.IsUp)
            {
                _wire.Deliver(() => done.TrySetException(Refused()));
                return;
            }

            var reply = new RateLimitDecision[replies];
            decide(reply);
            _wire.Deliver(() =>
            {
                if (!done.Task.IsCompleted)
                {
                    reply.CopyTo(decisions);
                    done.SetResult();
                }
            });
        }

        _wire.Ask(Answer, mayComeTwice);
        return new ValueTask(done.Task);
    }
}
