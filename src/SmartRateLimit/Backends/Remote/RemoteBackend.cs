using System.Diagnostics.CodeAnalysis;
using SmartRateLimit.Backends;
using SmartRateLimit.Backends.Remote;
using SmartRateLimit.Resilience;

namespace SmartRateLimit;

/// <summary>
/// Keeps buckets in a store outside the process: shares calls, remembers who is over, gives each call a time budget and
/// a circuit breaker, and answers as the policy's failure mode says when the store cannot. A driver is a store and a class
/// that derives from this one: <c>class MyBackend(MyClient client) : RemoteBackend(new MyStore(client))</c>.
/// </summary>
public class RemoteBackend : IAtomicRateLimitBackend, IDisposable, IAsyncDisposable
{
    private readonly IRateLimitStore _store;
    private readonly CircuitBreaker _breaker;
    private readonly HealthProbe _probe;
    private readonly FailureModes _modes;
    private readonly SharedCircuit? _shared;
    private readonly CircuitLog _log;

    /// <summary>Creates a backend, which owns its store and disposes it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">Its settings, read once; <see langword="null"/> means the defaults.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public RemoteBackend(IRateLimitStore store, RemoteBackendOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= new RemoteBackendOptions();
        options.Validate();
        Name = options.Name;
        _store = store;
        _breaker = new CircuitBreaker(options.CircuitBreaker, options.Timeout, options.TimeProvider);
        _breaker.Changed += Announce;
        _shared = options.CircuitBreaker.Signal is { } signal ? new SharedCircuit(Name, _breaker, signal) : null;
        var clock = new BackendClock(options.TimeProvider);
        _log = new CircuitLog(Name, options.Logger, clock);
        var guard = new GuardedStore(store, _breaker, new TimeBudget(options.Timeout, options.TimeProvider), clock);
        var refusals = new RefusalMemory(options.MaxRememberedRefusals, clock);
        store.BucketReplenished += (_, bucket) => refusals.Forget(bucket.PolicyName, bucket.Key);
        _probe = new HealthProbe(guard, clock);
        Path = new StorePath(guard, refusals, new CallLanes(guard, refusals, options.MaxConcurrentCalls));
        _modes = new FailureModes(Path, new FailureFallback(options.MaxLocalKeys, options.TimeProvider));
    }

    /// <summary>The circuit breaker changed its state. A handler is called where the change was found, and what it throws is ignored.</summary>
    public event EventHandler<CircuitStateChangedEventArgs>? CircuitStateChanged;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What the circuit breaker does with calls now.</summary>
    public CircuitState CircuitState => _breaker.State;

    /// <summary>The same without failure modes, for who can ask another backend first.</summary>
    internal IFallibleBackend Path { get; }

    /// <inheritdoc/>
    public bool Supports(RateLimitPolicy policy, out string? reason) => _store.Supports(policy, out reason);

    /// <inheritdoc/>
    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => _modes.Acquire(policy, key, cost);

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        _modes.AcquireAsync(policy, key, cost, cancellationToken);

    /// <inheritdoc/>
    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions) =>
        _modes.AcquireAll(requests, decisions);

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        _modes.AcquireAllAsync(requests, decisions, cancellationToken);

    /// <summary>Hands back permits. Where the store cannot take them they stay spent.</summary>
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

    /// <inheritdoc/>
    /// <exception cref="RateLimitBackendException">The store could not be asked, so the bucket may still be there.</exception>
    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        _modes.ResetAsync(policy, key.ToString().AsMemory(), cancellationToken);

    /// <summary>Makes a real decision, behind the circuit breaker as any other: while it is open the answer is "no" at once, and after a break this is the probe.</summary>
    /// <inheritdoc/>
    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => _probe.CheckAsync(cancellationToken);

    /// <summary>Disposes the store.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the store, asynchronously where it can be.</summary>
    /// <returns>A task that ends when it is disposed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_store is IAsyncDisposable store)
        {
            _shared?.Dispose();
            await store.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            Dispose(disposing: true);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the store.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _shared?.Dispose();
            (_store as IDisposable)?.Dispose();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A listener's mistake must not become a caller's exception.")]
    private void Announce(CircuitStateChangedEventArgs change)
    {
        CircuitMetrics.Changed(Name, change);
        _log.Changed(change);
        try
        {
            _shared?.Tell(change);
            CircuitStateChanged?.Invoke(this, change);
        }
        catch (Exception)
        {
        }
    }
}
