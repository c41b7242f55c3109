namespace SmartRateLimit.Simulation;

/// <summary>A store that several nodes share. It loses everything when it starts again.</summary>
internal sealed class StoreServer(World world, DriftingClock clock)
{
    private readonly List<Entry> _entries = [];
    private readonly List<TimeSpan> _mintings = [];
    private MemoryBackend _buckets = NewBuckets(clock);

    /// <summary>A bucket got permits back otherwise than by time.</summary>
    public event Action<string, string>? Replenished;

    public bool IsUp { get; private set; } = true;

    public DriftingClock Clock => clock;

    /// <summary>What was decided, in order.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>When buckets may have become full at once: it lost its state, or its clock was set.</summary>
    public IReadOnlyList<TimeSpan> Mintings => _mintings;

    public void Stop() => IsUp = false;

    public void Start()
    {
        IsUp = true;
        _buckets = NewBuckets(clock);
        _mintings.Add(world.Now);
    }

    public void StepClock(TimeSpan by)
    {
        clock.Step(by);
        _mintings.Add(world.Now);
    }

    public void Decide(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions)
    {
        var next = 0;
        foreach (var request in requests)
        {
            for (var i = 0; i < request.Count; i++)
            {
                var decision = _buckets.Acquire(request.Policy, request.Key.Span, request.Cost);
                Note(request.Policy, request.Key.ToString(), decision.IsAllowed ? request.Cost : 0);
                decisions[next++] = decision;
            }
        }
    }

    public void DecideTogether(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions)
    {
        var own = new RateLimitDecision[requests.Length];
        var all = new RateLimitRequest[requests.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = new RateLimitRequest(requests[i].Policy, requests[i].Key, requests[i].Cost);
        }

        var together = _buckets.AcquireAll(all, own);
        own.CopyTo(decisions);
        foreach (var request in all)
        {
            Note(request.Policy, request.Key.ToString(), together.IsAllowed ? request.Cost : 0);
        }
    }

    public void Refund(RateLimitPolicy policy, string key, long cost)
    {
        var before = Peek(policy, key).Remaining;
        Complete(_buckets.RefundAsync(policy, key, cost, CancellationToken.None));
        Note(policy, key, -Math.Min(cost, Math.Max(0, Peek(policy, key).Remaining - before)));
        Replenished?.Invoke(policy.Name, key);
    }

    public void Reset(RateLimitPolicy policy, string key)
    {
        Complete(_buckets.ResetAsync(policy, key, CancellationToken.None));
        _mintings.Add(world.Now);
        Replenished?.Invoke(policy.Name, key);
    }

    public RateLimitDecision Peek(RateLimitPolicy policy, string key) =>
        _buckets.PeekAsync(policy, key, CancellationToken.None).AsTask() is { IsCompleted: true } peek
            ? peek.Result
            : throw new InvalidOperationException("A backend in memory answers at once.");

    private static MemoryBackend NewBuckets(TimeProvider clock) => new(new MemoryBackendOptions { TimeProvider = clock });

    private static void Complete(ValueTask done) => done.GetAwaiter().GetResult();

    private void Note(RateLimitPolicy policy, string key, long permits)
    {
        // Health checks decide under a policy of their own.
        if (permits != 0 && Scenario.IsOwn(policy))
        {
            _entries.Add(new Entry(world.Now, key, permits));
        }
    }
}
