using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SmartRateLimit.Keys;
using SmartRateLimit.Limiting;

namespace SmartRateLimit;

/// <summary>The limiter: finds what is in force for a policy, asks its backend, and awaits what the decision asks for.</summary>
public sealed class SmartRateLimiter : IRateLimiter
{
    private readonly BackendSet _backends;
    private readonly TimeProvider _time;
    private readonly ConditionalWeakTable<RateLimitPolicy, PolicyResolution> _resolutions = [];

    /// <summary>Creates a limiter on one backend.</summary>
    /// <param name="backend">The backend; the caller keeps owning it.</param>
    /// <param name="timeProvider">The clock that delays are awaited on; <see langword="null"/> means <see cref="TimeProvider.System"/>.</param>
    public SmartRateLimiter(IRateLimitBackend backend, TimeProvider? timeProvider = null)
        : this(new BackendSet([(NameOf(backend), backend)]), timeProvider ?? TimeProvider.System)
    {
    }

    internal SmartRateLimiter(BackendSet backends, TimeProvider timeProvider)
    {
        _backends = backends;
        _time = timeProvider;
    }

    /// <summary>
    /// The process-wide limiter that generated code uses where no other is in reach: in memory, or that of the host
    /// started last that called <c>AddSmartRateLimit</c> and still runs.
    /// </summary>
    public static IRateLimiter Shared => SharedLimiter.Current;

    /// <inheritdoc/>
    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        var resolution = Resolve(policy);
        if (KeyFolding.IsNeeded(key))
        {
            Span<char> folded = stackalloc char[KeyFolding.FoldedLength];
            KeyFolding.Fold(key, folded);
            return InForce(resolution.Policy, resolution.Backend.Acquire(resolution.Policy, folded, cost));
        }

        return InForce(resolution.Policy, resolution.Backend.Acquire(resolution.Policy, key, cost));
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        var resolution = Resolve(policy);
        var pending = resolution.Backend.AcquireAsync(resolution.Policy, Fold(key), cost, cancellationToken);
        if (!pending.IsCompletedSuccessfully)
        {
            return ProceedAsync(pending, resolution.Policy, cancellationToken);
        }

        var decision = InForce(resolution.Policy, pending.Result);
        return decision.Delay == TimeSpan.Zero ? new(decision) : WaitAsync(decision, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default, CancellationToken cancellationToken = default)
    {
        var group = new RequestGroup(Resolve(requests), Room(requests, decisions));
        var pending = group.AcquireAsync(new AsynchronousCalls(cancellationToken));
        return ProceedAsync(pending, policy: null, cancellationToken);
    }

    /// <inheritdoc/>
    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default)
    {
        var group = new RequestGroup(Resolve(requests), Room(requests, decisions));
        return group.AcquireAsync(BlockingCalls.Instance).AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default)
    {
        var resolution = Resolve(policy);
        return resolution.Backend.PeekAsync(resolution.Policy, Fold(key), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default)
    {
        var resolution = Resolve(policy);
        return resolution.Backend.ResetAsync(resolution.Policy, Fold(key), cancellationToken);
    }

    /// <summary>Refuses a policy that no call could use, before the first one does.</summary>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    internal void Check(RateLimitPolicy policy) => Resolve(policy);

    private static string NameOf(IRateLimitBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return backend.Name;
    }

    private static RateLimitDecision InForce(RateLimitPolicy policy, in RateLimitDecision decision) =>
        policy.Shadow ? decision.Shadowed() : decision;

    private async ValueTask<RateLimitDecision> ProceedAsync(ValueTask<RateLimitDecision> pending, RateLimitPolicy? policy, CancellationToken cancellationToken)
    {
        var decision = await pending.ConfigureAwait(false);
        decision = policy is null ? decision : InForce(policy, decision);
        return await WaitAsync(decision, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RateLimitDecision> WaitAsync(RateLimitDecision decision, CancellationToken cancellationToken)
    {
        await LongDelay.Wait(decision.Delay, _time, cancellationToken).ConfigureAwait(false);
        return decision;
    }

    private PolicyResolution Resolve(RateLimitPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Resolution is PolicyResolution resolution && ReferenceEquals(resolution.Owner, this) ? resolution : ResolveOnce(policy);
    }

    private PolicyResolution ResolveOnce(RateLimitPolicy policy)
    {
        var resolution = _resolutions.GetValue(policy, key => new PolicyResolution(this, key.Validate(), _backends.For(key)));
        policy.Resolution = resolution;
        return resolution;
    }

    private ResolvedRequest[] Resolve(ReadOnlySpan<RateLimitRequest> requests)
    {
        if (requests.IsEmpty)
        {
            throw new ArgumentException("There must be at least one request to decide.", nameof(requests));
        }

        var resolved = new ResolvedRequest[requests.Length];
        for (var i = 0; i < resolved.Length; i++)
        {
            var (policy, key, cost) = requests[i];
            ArgumentOutOfRangeException.ThrowIfNegative(cost, nameof(requests));
            var resolution = Resolve(policy);
            var folded = KeyFolding.IsNeeded(key.Span) ? Fold(key.Span).ToString().AsMemory() : key;
            resolved[i] = new ResolvedRequest(resolution.Backend, new RateLimitRequest(resolution.Policy, folded, cost));
        }

        return resolved;
    }

    [SuppressMessage("Style", "IDE0046:Convert to conditional expression", Justification = "The exception is the exception.")]
    private static Memory<RateLimitDecision> Room(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        if (decisions.IsEmpty)
        {
            return new RateLimitDecision[requests.Length];
        }

        return decisions.Length >= requests.Length
            ? decisions[..requests.Length]
            : throw new ArgumentException($"There are {requests.Length} requests but room for {decisions.Length} decisions; pass none or at least as many.", nameof(decisions));
    }

    private static ReadOnlySpan<char> Fold(ReadOnlySpan<char> key)
    {
        if (!KeyFolding.IsNeeded(key))
        {
            return key;
        }

        var folded = new char[KeyFolding.FoldedLength];
        KeyFolding.Fold(key, folded);
        return folded;
    }
}
