using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRateLimit.Limiting;
using SmartRateLimit.Telemetry;

namespace SmartRateLimit;

/// <summary>The limiter: finds what is in force for a policy, asks its backend, and awaits what the decision asks for.</summary>
public sealed class SmartRateLimiter : IRateLimiter
{
    private readonly DecisionObserver _observer;
    private readonly WaitingRoom _waitingRoom;
    private volatile PolicyTable _table;

    /// <summary>Creates a limiter on one backend.</summary>
    /// <param name="backend">The backend; the caller keeps owning it.</param>
    /// <param name="timeProvider">The clock that delays are awaited on; <see langword="null"/> means <see cref="TimeProvider.System"/>.</param>
    public SmartRateLimiter(IRateLimitBackend backend, TimeProvider? timeProvider = null)
        : this(new PolicyTable(new BackendSet([(NameOf(backend), backend)]), new LimiterSettings()), timeProvider ?? TimeProvider.System, NullLogger.Instance)
    {
    }

    internal SmartRateLimiter(PolicyTable table, TimeProvider timeProvider, ILogger logger)
    {
        _table = table;
        _observer = new DecisionObserver(logger, timeProvider);
        _waitingRoom = new WaitingRoom(timeProvider);
    }

    /// <summary>
    /// The process-wide limiter that generated code uses where no other is in reach: in memory, or that of the host
    /// started last that called <c>AddSmartRateLimit</c> and still runs.
    /// </summary>
    public static IRateLimiter Shared => SharedLimiter.Current;

    /// <summary>What is in force for each policy; calls that have begun keep what they found.</summary>
    internal PolicyTable Table { get => _table; set => _table = value; }

    /// <inheritdoc/>
    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        var resolution = _table.Resolve(policy);
        return DecisionTracing.IsOn ? AcquireTraced(resolution, key.ToString(), cost) : Decide(resolution, key, cost);
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        var resolution = _table.Resolve(policy);
        return DecisionTracing.IsOn
            ? AcquireTracedAsync(resolution, key.ToString(), cost, cancellationToken)
            : DecideAsync(resolution, key, cost, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default, CancellationToken cancellationToken = default)
    {
        if (!cancellationToken.IsCancellationRequested && LocalGroup.TryAcquire(requests, decisions.Span, mayReserve: true, _table, _observer, out var together))
        {
            return together.Delay == TimeSpan.Zero ? new(together) : _waitingRoom.WaitAsync(together, cancellationToken);
        }

        var group = RequestGroup.Of(requests, decisions, _table);
        return DecisionTracing.IsOn ? AcquireAllTracedAsync(group, cancellationToken) : DecideAllAsync(group, cancellationToken);
    }

    /// <inheritdoc/>
    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default)
    {
        if (LocalGroup.TryAcquire(requests, decisions.Span, mayReserve: false, _table, _observer, out var together))
        {
            return together;
        }

        var group = RequestGroup.Of(requests, decisions, _table);
        return DecisionTracing.IsOn ? AcquireAllTraced(group) : DecideAll(group);
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default)
    {
        var resolution = _table.Resolve(policy);
        return resolution.Backend.PeekAsync(resolution.Policy, resolution.Fold(key), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default)
    {
        var resolution = _table.Resolve(policy);
        return resolution.Store.ResetAsync(resolution.Policy, resolution.Fold(key), cancellationToken);
    }

    /// <summary>
    /// Where a call of this policy can be decided directly: it is kept in this process, tells no delays, was called
    /// before, and nobody listens. No layer is passed then, and of an admission no decision is made up.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PolicyResolution? Direct(RateLimitPolicy? policy) =>
        policy?.Resolution is PolicyResolution resolution
        && ReferenceEquals(resolution.Table, _table)
        && resolution.IsDirect
        && !(DecisionMetrics.IsOn | DecisionTracing.IsOn)
            ? resolution
            : null;

    /// <summary>Whether anybody wants to know of a rejection that was made directly.</summary>
    internal bool TellsOfRejections => _observer.LogsRejections;

    /// <summary>Tells of a rejection that was made directly.</summary>
    internal void Rejected(in RateLimitDecision decision, PolicyResolution resolution, ReadOnlySpan<char> key) =>
        _observer.Decided(decision, resolution, key);

    /// <summary>Refuses a policy that no call could use, before the first one does.</summary>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    internal void Check(RateLimitPolicy policy) => _table.Resolve(policy);

    private static string NameOf(IRateLimitBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return backend.Name;
    }

    // What closures capture is allocated when their method is entered, so they are kept out of the methods above.
    private RateLimitDecision AcquireTraced(PolicyResolution resolution, string key, long cost) =>
        DecisionTracing.Trace(() => Decide(resolution, key, cost));

    private ValueTask<RateLimitDecision> AcquireTracedAsync(PolicyResolution resolution, string key, long cost, CancellationToken cancellationToken) =>
        DecisionTracing.TraceAsync(() => DecideAsync(resolution, key, cost, cancellationToken));

    private RateLimitDecision AcquireAllTraced(RequestGroup group) => DecisionTracing.Trace(() => DecideAll(group));

    private ValueTask<RateLimitDecision> AcquireAllTracedAsync(RequestGroup group, CancellationToken cancellationToken) =>
        DecisionTracing.TraceAsync(() => DecideAllAsync(group, cancellationToken));

    private RateLimitDecision Decide(PolicyResolution resolution, ReadOnlySpan<char> key, long cost)
    {
        if (DecisionMetrics.IsOn || resolution.Policy.Shadow)
        {
            return DecideObserved(resolution, key, cost);
        }

        resolution.Acquire(key, cost, out var decision);
        if (!decision.IsAllowed || decision.IsDegraded)
        {
            _observer.Decided(decision, resolution, key);
        }

        return decision;
    }

    private RateLimitDecision DecideObserved(PolicyResolution resolution, ReadOnlySpan<char> key, long cost)
    {
        var start = _observer.Start();
        resolution.Acquire(key, cost, out var decision);
        _observer.Took(start, resolution.Backend);
        decision = resolution.InForce(decision);
        _observer.Decided(decision, resolution, key);
        return decision;
    }

    private ValueTask<RateLimitDecision> DecideAsync(PolicyResolution resolution, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        var start = _observer.Start();
        var pending = resolution.AcquireAsync(key, cost, cancellationToken);
        if (!pending.IsCompletedSuccessfully)
        {
            return DecideLaterAsync(pending, resolution, _observer.Keep(key), start, cancellationToken);
        }

        var decision = resolution.InForce(pending.Result);
        _observer.Took(start, resolution.Backend);
        _observer.Decided(decision, resolution, key);
        return decision.Delay == TimeSpan.Zero ? new(decision) : _waitingRoom.WaitAsync(decision, cancellationToken);
    }

    private async ValueTask<RateLimitDecision> DecideLaterAsync(ValueTask<RateLimitDecision> pending, PolicyResolution resolution, string? key, long start, CancellationToken cancellationToken)
    {
        var decision = resolution.InForce(await pending.ConfigureAwait(false));
        _observer.Took(start, resolution.Backend);
        _observer.Decided(decision, resolution, key);
        return await _waitingRoom.WaitAsync(decision, cancellationToken).ConfigureAwait(false);
    }

    private RateLimitDecision DecideAll(RequestGroup group)
    {
        var start = _observer.Start();
        var decision = group.AcquireAsync(BlockingCalls.Instance).AsTask().GetAwaiter().GetResult();
        _observer.Took(start, group.Requests[0].Backend);
        _observer.Decided(group, decision);
        return decision;
    }

    private async ValueTask<RateLimitDecision> DecideAllAsync(RequestGroup group, CancellationToken cancellationToken)
    {
        var start = _observer.Start();
        var decision = await group.AcquireAsync(new AsynchronousCalls(cancellationToken)).ConfigureAwait(false);
        _observer.Took(start, group.Requests[0].Backend);
        _observer.Decided(group, decision);
        return await _waitingRoom.WaitAsync(decision, cancellationToken).ConfigureAwait(false);
    }
}
