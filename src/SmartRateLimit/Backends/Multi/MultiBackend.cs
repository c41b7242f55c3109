using System.Diagnostics.CodeAnalysis;
using SmartRateLimit.Backends;
using SmartRateLimit.Backends.Multi;
using SmartRateLimit.Resilience;

namespace SmartRateLimit;

/// <summary>
/// Several backends in order of preference: where one cannot decide, the next one is asked, and only when none can the
/// policy's failure mode applies. A rejection is final. What is admitted in a window is at most the sum over the backends
/// that decided in it. With <see cref="MultiBackendStrategy.FirstHealthy"/>, decisions of any but the first are degraded.
/// </summary>
/// <remarks>Health is checked in the background from the first request until the backend is disposed.</remarks>
public sealed class MultiBackend : IAtomicRateLimitBackend, IDisposable, IAsyncDisposable
{
    private const int MaxBackends = 64;

    private readonly BackendMember[] _members;
    private readonly ActiveMember _active;
    private readonly MultiBackendStrategy _strategy;
    private readonly HealthLoop _loop;
    private readonly FailureModes _modes;
    private readonly IRateLimitBackend[] _owned;

    /// <summary>Creates a backend of others, which the caller keeps owning.</summary>
    /// <param name="backends">From 1 to 64 backends with different names, the preferred one first.</param>
    /// <param name="options">Its settings, read once; <see langword="null"/> means the defaults.</param>
    /// <exception cref="ArgumentException">There is no backend, or two have one name, or a setting is outside its range.</exception>
    public MultiBackend(IEnumerable<IRateLimitBackend> backends, MultiBackendOptions? options = null)
        : this(backends, options, [])
    {
    }

    internal MultiBackend(IEnumerable<IRateLimitBackend> backends, MultiBackendOptions? options, IRateLimitBackend[] owned)
    {
        ArgumentNullException.ThrowIfNull(backends);
        options ??= new MultiBackendOptions();
        options.Validate();
        Name = options.Name;
        _strategy = options.Strategy;
        _owned = owned;
        _members = Members(backends);
        _active = new ActiveMember(_members, options.MinimumDwell, new BackendClock(options.TimeProvider));
        _loop = new HealthLoop(_members, options.HealthCheckInterval, options.TimeProvider, Review);
        Path = new MultiPath(_members, new MemberOrder(_members, options.Strategy, _active), Review);
        _modes = new FailureModes(Path, new FailureFallback(options.MaxLocalKeys, options.TimeProvider));
    }

    /// <summary>Another backend is asked first from now on. What a handler throws is ignored.</summary>
    public event EventHandler<ActiveBackendChangedEventArgs>? ActiveBackendChanged;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How each backend is now, in their order.</summary>
    public IReadOnlyList<BackendStatus> Statuses => [.. _members.Select((member, index) => Status(member, index))];

    /// <summary>The backends in their order.</summary>
    internal IEnumerable<IRateLimitBackend> Backends => _members.Select(member => member.Backend);

    /// <summary>The same without failure modes, for who can ask another backend first.</summary>
    internal IFallibleBackend Path { get; }

    /// <summary>Whether every backend can decide the policy.</summary>
    /// <inheritdoc/>
    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        foreach (var member in _members)
        {
            if (!member.Backend.Supports(policy, out var why))
            {
                reason = $"The backend \"{member.Backend.Name}\" cannot: {why}";
                return false;
            }
        }

        reason = null;
        return true;
    }

    /// <inheritdoc/>
    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        _loop.EnsureStarted();
        return _modes.Acquire(policy, key, cost);
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        _loop.EnsureStarted();
        return _modes.AcquireAsync(policy, key, cost, cancellationToken);
    }

    /// <inheritdoc/>
    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        _loop.EnsureStarted();
        return _modes.AcquireAll(requests, decisions);
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        _loop.EnsureStarted();
        return _modes.AcquireAllAsync(requests, decisions, cancellationToken);
    }

    /// <summary>Hands back permits to the backend that took them. Where it is not known any more they stay spent.</summary>
    /// <inheritdoc/>
    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        _modes.RefundAsync(policy, key.ToString().AsMemory(), cost, cancellationToken);

    /// <inheritdoc/>
    public void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => _modes.Refund(policy, key, cost);

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        _modes.PeekAsync(policy, key, cancellationToken);

    /// <inheritdoc/>
    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key) => _modes.Peek(policy, key);

    /// <summary>Forgets a bucket in every backend.</summary>
    /// <inheritdoc/>
    /// <exception cref="RateLimitBackendException">A backend could not be asked, so the bucket may still be there.</exception>
    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        _modes.ResetAsync(policy, key.ToString().AsMemory(), cancellationToken);

    /// <summary>Checks every backend now. One that is healthy is enough.</summary>
    /// <inheritdoc/>
    public async ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        await _loop.CheckAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var statuses = Statuses;
        var ill = statuses.Where(status => !status.IsHealthy).Select(status => $"{status.Name}: {status.Description}").ToArray();
        return new BackendHealth(ill.Length < statuses.Count, statuses[_active.Index].Latency, ill.Length == 0 ? null : string.Join("; ", ill));
    }

    /// <summary>Stops the checks in the background.</summary>
    public void Dispose()
    {
        _loop.Dispose();
        foreach (var backend in _owned)
        {
            (backend as IDisposable)?.Dispose();
        }
    }

    /// <summary>Stops the checks in the background.</summary>
    /// <returns>A task that ends when everything is disposed.</returns>
    public async ValueTask DisposeAsync()
    {
        _loop.Dispose();
        foreach (var backend in _owned)
        {
            if (backend is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (backend as IDisposable)?.Dispose();
            }
        }
    }

    private static BackendMember[] Members(IEnumerable<IRateLimitBackend> backends)
    {
        var members = backends.Select(backend => new BackendMember(backend ?? throw new ArgumentException("A backend of a list must not be null.", nameof(backends)))).ToArray();
        if (members.Length is 0 or > MaxBackends)
        {
            throw new ArgumentException($"There must be from 1 to {MaxBackends} backends, but there are {members.Length}.", nameof(backends));
        }

        var twice = members.GroupBy(member => member.Backend.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? members
            : throw new ArgumentException($"The backend name \"{twice.Key}\" occurs {twice.Count()} times; each backend needs a name of its own.", nameof(backends));
    }

    private BackendStatus Status(BackendMember member, int index)
    {
        var health = member.Health;
        var isActive = _strategy == MultiBackendStrategy.FirstHealthy ? index == _active.Index : member.IsHealthy;
        return new BackendStatus(member.Backend.Name, isActive, member.IsHealthy, health.Latency, health.Description);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A listener's mistake must not become a caller's exception.")]
    private void Review()
    {
        if (_strategy != MultiBackendStrategy.FirstHealthy || _active.Review() is not { } before)
        {
            return;
        }

        try
        {
            ActiveBackendChanged?.Invoke(this, new ActiveBackendChangedEventArgs(before.Backend.Name, _members[_active.Index].Backend.Name));
        }
        catch (Exception)
        {
        }
    }
}
