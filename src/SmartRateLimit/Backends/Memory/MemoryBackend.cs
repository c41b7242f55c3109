using SmartRateLimit.Backends;
using SmartRateLimit.Backends.Memory;
using SmartRateLimit.Policies;

namespace SmartRateLimit;

/// <summary>
/// Keeps buckets in this process: bounded, exact under any number of parallel callers, without timers or threads.
/// </summary>
public sealed class MemoryBackend : IAtomicRateLimitBackend
{
    private readonly BackendClock _clock;
    private readonly BucketTable _table;

    /// <summary>Creates a backend.</summary>
    /// <param name="options">Its settings, read once; <see langword="null"/> means the defaults.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public MemoryBackend(MemoryBackendOptions? options = null)
    {
        options ??= new MemoryBackendOptions();
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Name);
        ArgumentNullException.ThrowIfNull(options.TimeProvider);
        if (options.MaxKeys < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxKeys, "MaxKeys must be at least 1; the default is 1,000,000.");
        }

        Name = options.Name;
        _clock = new BackendClock(options.TimeProvider);
        _table = new BucketTable(options.MaxKeys, _clock);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Keys remembered now, at most <see cref="MemoryBackendOptions.MaxKeys"/>; idle ones are forgotten when their room is needed.</summary>
    public int KeyCount => _table.Count;

    /// <inheritdoc/>
    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(policy);
        reason = null;
        return true;
    }

    /// <inheritdoc/>
    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Acquire(policy.Program, key, cost, maxWait: 0);
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<RateLimitDecision>(cancellationToken)
            : new(Acquire(policy.Program, key, cost, policy.Program.MaxWait));
    }

    /// <inheritdoc/>
    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions) =>
        new BucketGroup(_table, _clock).Acquire(requests, decisions.Span, mayReserve: false);

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<RateLimitDecision>(cancellationToken)
            : new(new BucketGroup(_table, _clock).Acquire(requests, decisions.Span, mayReserve: true));

    /// <inheritdoc/>
    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var program = policy.Program;
        var hash = BucketTable.Hash(program, key);
        var stripe = _table.Stripe(_table.StripeIndex(hash));
        lock (stripe.Gate)
        {
            stripe.Find(program, key, hash)?.Refund(_clock.Now(program.UsesWallClock), cost);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var program = policy.Program;
        var hash = BucketTable.Hash(program, key);
        var stripe = _table.Stripe(_table.StripeIndex(hash));
        lock (stripe.Gate)
        {
            var bucket = stripe.Find(program, key, hash)?.CopyFor(string.Empty, hash) ?? new Bucket(program, string.Empty, hash, _clock);
            if (!bucket.IsUnder(program))
            {
                bucket.Adopt(program, _clock);
            }

            var now = _clock.Now(program.UsesWallClock);
            return new(bucket.Decide(program, bucket.Measure(now, cost: 1, maxWait: 0), now));
        }
    }

    /// <inheritdoc/>
    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var hash = BucketTable.Hash(policy.Program, key);
        var stripe = _table.Stripe(_table.StripeIndex(hash));
        lock (stripe.Gate)
        {
            stripe.Forget(policy.Program, key, hash);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        var before = _clock.Monotonic;
        _ = Acquire(HealthCheck, RateLimitKey.Global, cost: 0);
        return new(new BackendHealth(IsHealthy: true, TimeSpan.FromTicks(_clock.Monotonic - before)));
    }

    private static readonly RateLimitPolicy HealthCheck = RateLimitPolicy.Parse("SmartRateLimit.HealthCheck", "1/s");

    private RateLimitDecision Acquire(RateProgram program, ReadOnlySpan<char> key, long cost, long maxWait)
    {
        var hash = BucketTable.Hash(program, key);
        var stripe = _table.Stripe(_table.StripeIndex(hash));
        lock (stripe.Gate)
        {
            var bucket = stripe.FindOrAdd(program, key, hash);
            stripe.Adopt(bucket, program);
            var now = _clock.Now(program.UsesWallClock);
            var judgement = bucket.Measure(now, cost, maxWait);
            if (judgement.IsAdmitted)
            {
                stripe.Charge(bucket, now, cost);
            }

            return bucket.Decide(program, judgement, now);
        }
    }
}
