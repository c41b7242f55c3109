namespace SmartRateLimit.Tests.Remote;

/// <summary>A store in memory whose calls can be held, failed or answered late, and are written down.</summary>
internal sealed class FakeStore(TimeProvider time) : IRateLimitStore, IDisposable
{
    private readonly MemoryBackend _buckets = new(new MemoryBackendOptions { TimeProvider = time });
    private readonly List<StoreRequest[]> _calls = [];
    private int _decided;
    private int _blocking;

    public event EventHandler<BucketReplenishedEventArgs>? BucketReplenished;

    public static RateLimitBackendException Outage { get; } = new(BackendFailure.Unavailable, "The store is down.");

    public static RateLimitBackendException WrongPassword { get; } = new(BackendFailure.Misconfigured, "The password is wrong.");

    /// <summary>What every call does before it decides.</summary>
    public Func<CancellationToken, Task> BeforeDeciding { get; set; } = _ => Task.CompletedTask;

    /// <summary>What every call does between deciding and replying.</summary>
    public Func<CancellationToken, Task> BeforeReplying { get; set; } = _ => Task.CompletedTask;

    public Func<RateLimitPolicy, string, int> Slots { get; set; } = (_, _) => 0;

    public Predicate<RateLimitPolicy> Supported { get; init; } = _ => true;

    public bool IsDisposed { get; private set; }

    /// <summary>The calls that arrived, each with its requests.</summary>
    public IReadOnlyList<StoreRequest[]> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Calls that were decided, whether or not anybody heard of it.</summary>
    public int Decided => _decided;

    /// <summary>Permits handed back and buckets read by callers who blocked.</summary>
    public int Blocking => _blocking;

    public long Asked => Calls.Sum(call => call.Sum(request => (long)request.Count));

    public void FailWith(Exception failure) => BeforeDeciding = _ => Task.FromException(failure);

    public void Recover() => (BeforeDeciding, BeforeReplying) = (_ => Task.CompletedTask, _ => Task.CompletedTask);

    /// <summary>Holds calls until the result is completed.</summary>
    public TaskCompletionSource Hold()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BeforeDeciding = _ => gate.Task;
        return gate;
    }

    public void Replenish(string policyName, string key) => BucketReplenished?.Invoke(this, new BucketReplenishedEventArgs(policyName, key));

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = Supported(policy) ? null : "the test leaves it out.";
        return reason is null;
    }

    public int Slot(RateLimitPolicy policy, ReadOnlySpan<char> key) => Slots(policy, key.ToString());

    public async ValueTask AcquireAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        var call = Note(requests.Span);
        await BeforeDeciding(cancellationToken);
        Decide(call, decisions.Span);
        await BeforeReplying(cancellationToken);
    }

    public void Acquire(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions)
    {
        var call = Note(requests);
        BeforeDeciding(CancellationToken.None).GetAwaiter().GetResult();
        Decide(call, decisions);
    }

    public async ValueTask AcquireAllAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        var call = Note(requests.Span);
        await BeforeDeciding(cancellationToken);
        await _buckets.AcquireAllAsync(Singles(call), decisions, CancellationToken.None);
        await BeforeReplying(cancellationToken);
    }

    public void AcquireAll(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions)
    {
        var call = Note(requests);
        BeforeDeciding(CancellationToken.None).GetAwaiter().GetResult();
        var own = new RateLimitDecision[call.Length];
        _buckets.AcquireAll(Singles(call), own);
        own.CopyTo(decisions);
    }

    public async ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, long cost, CancellationToken cancellationToken)
    {
        await BeforeDeciding(cancellationToken);
        await _buckets.RefundAsync(policy, key.Span, cost, CancellationToken.None);
    }

    public void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        _ = Interlocked.Increment(ref _blocking);
        BeforeDeciding(CancellationToken.None).GetAwaiter().GetResult();
        _buckets.RefundAsync(policy, key, cost, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    public async ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken)
    {
        await BeforeDeciding(cancellationToken);
        return await _buckets.PeekAsync(policy, key.Span, CancellationToken.None);
    }

    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        _ = Interlocked.Increment(ref _blocking);
        BeforeDeciding(CancellationToken.None).GetAwaiter().GetResult();
        return _buckets.PeekAsync(policy, key, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    public async ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken)
    {
        await BeforeDeciding(cancellationToken);
        await _buckets.ResetAsync(policy, key.Span, CancellationToken.None);
    }

    public void Dispose() => IsDisposed = true;

    private static RateLimitRequest[] Singles(StoreRequest[] call) =>
        [.. call.Select(request => new RateLimitRequest(request.Policy, request.Key, request.Cost))];

    // A driver reads keys when it sends them, not later.
    private StoreRequest[] Note(ReadOnlySpan<StoreRequest> requests)
    {
        var call = requests.ToArray();
        for (var i = 0; i < call.Length; i++)
        {
            call[i] = call[i] with { Key = call[i].Key.ToString().AsMemory() };
        }

        lock (_calls)
        {
            _calls.Add(call);
        }

        return call;
    }

    private void Decide(StoreRequest[] call, Span<RateLimitDecision> decisions)
    {
        var next = 0;
        foreach (var request in call)
        {
            for (var i = 0; i < request.Count; i++)
            {
                decisions[next++] = request.MayReserve
                    ? _buckets.AcquireAsync(request.Policy, request.Key.Span, request.Cost, CancellationToken.None).AsTask().GetAwaiter().GetResult()
                    : _buckets.Acquire(request.Policy, request.Key.Span, request.Cost);
            }
        }

        _ = Interlocked.Increment(ref _decided);
    }
}
