using System.Collections.Concurrent;
using SmartRateLimit.Backends;
using SmartRateLimit.Backends.Memory;
using SmartRateLimit.Backends.Memory.Cells;
using SmartRateLimit.Policies;

namespace SmartRateLimit;

/// <summary>
/// Keeps buckets in this process: bounded, exact under any number of parallel callers, without timers or threads.
/// </summary>
public sealed class MemoryBackend : IAtomicRateLimitBackend
{
    private readonly ConcurrentDictionary<string, PolicyRecord> _records = new(StringComparer.Ordinal);
    private readonly KeyGates _gates = new();
    private readonly Reclaimer _reclaimer = new();
    private readonly StateBudget _budget;
    private readonly BackendClock _clock;
    private readonly BucketTable _buckets;

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
        _clock = new BackendClock(options.TimeProvider, options.CoarseGranule);
        _budget = new StateBudget(options.MaxKeys);
        _buckets = new BucketTable(_gates, _budget, _reclaimer, _clock);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Keys remembered now, at most <see cref="MemoryBackendOptions.MaxKeys"/>; idle ones are forgotten when their room is needed.</summary>
    public int KeyCount => _budget.Used - _buckets.States + _buckets.Count;

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
        Acquire(policy.Program, key, cost, maxWait: 0, out var decision);
        return decision;
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RateLimitDecision>(cancellationToken);
        }

        Acquire(policy.Program, key, cost, policy.Program.MaxWait, out var decision);
        return new(decision);
    }

    /// <inheritdoc/>
    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions) =>
        AcquireTogether(requests, decisions.Span, mayReserve: false);

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<RateLimitDecision>(cancellationToken)
            : new(AcquireTogether(requests, decisions.Span, mayReserve: true));

    /// <inheritdoc/>
    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var program = policy.Program;
        var identity = KeyHash.Of(key);
        var binding = BindingOf(program);
        if (binding.Lane is { } lane && lane.TryRefund(identity, cost))
        {
            return ValueTask.CompletedTask;
        }

        var stripe = _buckets.Stripe(identity);
        lock (stripe.Gate)
        {
            Inherit(binding, stripe, program, key, identity);
            if (stripe.Find(program, key, BucketTable.Hash(program, identity)) is { } bucket)
            {
                bucket.Enter();
                bucket.Refund(_clock.Now(program), cost);
                stripe.Reweigh(bucket);
                bucket.Exit();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var program = policy.Program;
        var identity = KeyHash.Of(key);
        var binding = BindingOf(program);
        if (binding.Lane is { } lane && lane.TryPeek(binding.Cases!, identity, out var decision))
        {
            return new(decision);
        }

        var hash = BucketTable.Hash(program, identity);
        var stripe = _buckets.Stripe(identity);
        lock (stripe.Gate)
        {
            Inherit(binding, stripe, program, key, identity);
            var bucket = Copy(stripe.Find(program, key, hash), hash) ?? new Bucket(program, string.Empty, hash, _clock);
            if (!bucket.IsUnder(program))
            {
                bucket.Adopt(program, _clock);
            }

            var now = _clock.Now(program);
            return new(bucket.Decide(program, bucket.Measure(now, cost: 1, maxWait: 0), now).WithGranule(_clock.GranuleOf(program)));
        }
    }

    /// <inheritdoc/>
    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var program = policy.Program;
        var identity = KeyHash.Of(key);
        var binding = BindingOf(program);
        if (binding.Lane is { } lane && lane.TryReset(identity))
        {
            return ValueTask.CompletedTask;
        }

        var stripe = _buckets.Stripe(identity);
        lock (stripe.Gate)
        {
            Inherit(binding, stripe, program, key, identity);
            stripe.Forget(program, key, BucketTable.Hash(program, identity));
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

    /// <summary>Decides, reserving a permit that comes within so many ticks.</summary>
    /// <remarks>The decision is written where the caller wants it: copies of what was written a moment ago are slow.</remarks>
    internal void Acquire(RateProgram program, ReadOnlySpan<char> key, long cost, long maxWait, out RateLimitDecision decision) =>
        Acquire(BindingOf(program), program, key, cost, maxWait, out decision);

    /// <inheritdoc cref="Acquire(RateProgram, ReadOnlySpan{char}, long, long, out RateLimitDecision)"/>
    internal void Acquire(LaneBinding binding, RateProgram program, ReadOnlySpan<char> key, long cost, long maxWait, out RateLimitDecision decision)
    {
        var identity = KeyHash.Of(key);
        if (binding.Lane is not { } lane || !lane.TryAcquire(binding.Cases!, identity, cost, maxWait, out decision))
        {
            decision = AcquireFromBucket(binding, program, key, identity, cost, maxWait);
        }
    }

    /// <summary>Admits a request on a key that has a bucket already; if not, nothing is charged.</summary>
    internal bool TryAdmit(RateProgram program, ReadOnlySpan<char> key, KeyIdentity identity, long cost) =>
        _buckets.Stripe(identity).TryAdmit(program, key, BucketTable.Hash(program, identity), cost);

    /// <summary>Decides several requests in one step; all are admitted, or nothing is charged.</summary>
    internal RateLimitDecision AcquireTogether(ReadOnlySpan<RateLimitRequest> requests, Span<RateLimitDecision> decisions, bool mayReserve) =>
        new BucketGroup(this, _gates, _buckets, _clock).Acquire(requests, decisions, mayReserve);

    private RateLimitDecision AcquireFromBucket(LaneBinding binding, RateProgram program, ReadOnlySpan<char> key, in KeyIdentity identity, long cost, long maxWait)
    {
        var stripe = _buckets.Stripe(identity);
        var hash = BucketTable.Hash(program, identity);
        return stripe.TryDecide(program, key, hash, cost, maxWait, out var decision)
            ? decision
            : AcquireAtGate(stripe, binding, program, key, identity, cost, maxWait);
    }

    private RateLimitDecision AcquireAtGate(BucketStripe stripe, LaneBinding binding, RateProgram program, ReadOnlySpan<char> key, in KeyIdentity identity, long cost, long maxWait)
    {
        lock (stripe.Gate)
        {
            Inherit(binding, stripe, program, key, identity);
            var bucket = stripe.FindOrAdd(program, key, BucketTable.Hash(program, identity));
            bucket.Enter();
            try
            {
                stripe.Adopt(bucket, program);
                var now = _clock.Now(program);
                var judgement = bucket.Measure(now, cost, maxWait);
                if (judgement.IsAdmitted)
                {
                    stripe.Charge(bucket, now, cost);
                }

                stripe.Reweigh(bucket);
                return bucket.Decide(program, judgement, now).WithGranule(_clock.GranuleOf(program));
            }
            finally
            {
                bucket.Exit();
            }
        }
    }

    private static Bucket? Copy(Bucket? bucket, int hash)
    {
        bucket?.Enter();
        var copy = bucket?.CopyFor(string.Empty, hash);
        bucket?.Exit();
        return copy;
    }

    /// <summary>Before a bucket is looked for: gives the key what it had spent in a lane that retired. The caller holds the key's gate.</summary>
    internal void Inherit(LaneBinding binding, BucketStripe stripe, RateProgram program, ReadOnlySpan<char> key, in KeyIdentity identity)
    {
        var record = binding.Record;
        if (record.Retired is not { } retired)
        {
            return;
        }

        if (!retired.IsOver(_clock.Now(retired.Program.UsesWallClock)))
        {
            stripe.Inherit(program, key, BucketTable.Hash(program, identity), identity, retired);
        }
        else if (record.TryEndRetired(retired))
        {
            _budget.Add(-retired.Clear());
        }
    }

    /// <summary>What this backend made of a policy's numbers.</summary>
    internal LaneBinding BindingOf(RateProgram program) =>
        program.Binding is LaneBinding binding && ReferenceEquals(binding.Owner, this) ? binding : Bind(program);

    private LaneBinding Bind(RateProgram program)
    {
        var record = _records.GetOrAdd(program.Name, static _ => new PolicyRecord());
        lock (record)
        {
            if (!record.IsBound)
            {
                record.Lane = Lanes.TryCreate(program, _clock, _gates, _budget, _reclaimer);
                record.IsBound = true;
            }

            if (record.Lane is { } lane && lane.Program.Numbers != program.Numbers)
            {
                lane.Retire(record);
                record.Lane = null;
            }

            var binding = new LaneBinding(this, record, record.Lane, program);
            program.Binding = binding;
            return binding;
        }
    }
}
