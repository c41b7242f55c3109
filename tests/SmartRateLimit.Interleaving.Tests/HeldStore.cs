namespace SmartRateLimit.Interleaving;

/// <summary>A store in memory that replies when somebody serves it, on the thread of who does.</summary>
internal sealed class HeldStore(TimeProvider time) : IRateLimitStore
{
    private readonly MemoryBackend _buckets = new(new MemoryBackendOptions { TimeProvider = time });
    private readonly List<(StoreRequest[] Requests, Memory<RateLimitDecision> Decisions, TaskCompletionSource Reply)> _calls = [];

    /// <summary>The most calls that were under way at one time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>The most requests that shared a call.</summary>
    public int MostShared { get; private set; }

    /// <summary>Calls that fail from now on.</summary>
    public int ToFail { get; set; }

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = null;
        return true;
    }

    public int Slot(RateLimitPolicy policy, ReadOnlySpan<char> key) => 0;

    public ValueTask AcquireAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        // A continuation runs where the reply is given, so that it follows the schedule.
        var reply = new TaskCompletionSource();
        _calls.Add((requests.ToArray(), decisions, reply));
        MostAtOnce = Math.Max(MostAtOnce, _calls.Count);
        MostShared = Math.Max(MostShared, requests.ToArray().Sum(request => request.Count));
        return new(reply.Task);
    }

    /// <summary>Decides one call, if there is one, and replies.</summary>
    public void Serve(Random random)
    {
        if (_calls.Count == 0)
        {
            Schedule.Wait();
            return;
        }

        var at = random.Next(_calls.Count);
        var (requests, decisions, reply) = _calls[at];
        var next = 0;
        foreach (var request in requests)
        {
            for (var i = 0; i < request.Count; i++)
            {
                decisions.Span[next++] = _buckets.Acquire(request.Policy, request.Key.Span, request.Cost);
            }
        }

        _calls.RemoveAt(at);
        if (ToFail-- > 0)
        {
            reply.SetException(new RateLimitBackendException(BackendFailure.OutcomeUnknown, "The reply is lost."));
        }
        else
        {
            reply.SetResult();
        }
    }

    public void Acquire(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions) => throw new NotSupportedException();

    public ValueTask AcquireAllAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void AcquireAll(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions) => throw new NotSupportedException();

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, long cost, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => throw new NotSupportedException();

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key) => throw new NotSupportedException();

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken) => throw new NotSupportedException();
}
