namespace SmartRateLimit.Tests.Multi;

/// <summary>A backend in memory that can be switched off, as a third party might write one: it throws, and decides nothing together.</summary>
internal sealed class FailingBackend(string name, TimeProvider time) : IRateLimitBackend
{
    private readonly MemoryBackend _buckets = new(new MemoryBackendOptions { TimeProvider = time });
    private int _asked;
    private int _checks;

    public string Name => name;

    /// <summary>What it throws; <see langword="null"/> while it is up.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What health checks do first.</summary>
    public Func<Task> BeforeCheck { get; set; } = () => Task.CompletedTask;

    public int Asked => _asked;

    public int Checks => _checks;

    public RateLimitAlgorithm? Unsupported { get; set; }

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = policy.Algorithm == Unsupported ? "it never learned that." : null;
        return reason is null;
    }

    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        Ask();
        return _buckets.Acquire(policy, key, cost);
    }

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        Ask();
        return _buckets.AcquireAsync(policy, key, cost, cancellationToken);
    }

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        _buckets.RefundAsync(policy, key, cost, cancellationToken);

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        return _buckets.PeekAsync(policy, key, cancellationToken);
    }

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        return _buckets.ResetAsync(policy, key, cancellationToken);
    }

    public async ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref _checks);
        await BeforeCheck();
        ThrowIfDown();
        return new BackendHealth(IsHealthy: true, TimeSpan.FromMilliseconds(1));
    }

    private void Ask()
    {
        _ = Interlocked.Increment(ref _asked);
        ThrowIfDown();
    }

    private void ThrowIfDown()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
