using System.Diagnostics.CodeAnalysis;
using SmartRateLimit.Resilience;

namespace SmartRateLimit.Backends.Multi;

/// <summary>One of several backends, and what is known of its health.</summary>
internal sealed class BackendMember(IRateLimitBackend backend)
{
    private const int FailureThreshold = 3;

    private readonly object _gate = new();
    private volatile bool _isHealthy = true;
    private volatile int _failures;
    private BackendHealth _health = new(IsHealthy: true, TimeSpan.Zero);
    private Task? _check;

    public IRateLimitBackend Backend => backend;

    /// <summary>The backend before its own failure mode: another one is asked first.</summary>
    public IFallibleBackend Path { get; } = backend switch
    {
        RemoteBackend remote => remote.Path,
        MultiBackend multi => multi.Path,
        _ => new CatchingBackend(backend),
    };

    public bool IsHealthy => _isHealthy;

    public BackendHealth Health
    {
        get
        {
            lock (_gate)
            {
                return _health;
            }
        }
    }

    /// <summary>Takes note of how a call ended, once however many requests shared it. Only a check makes a backend healthy again.</summary>
    /// <returns>Whether the backend is unhealthy since now.</returns>
    public bool Note(RateLimitBackendException? failure)
    {
        if (failure is null)
        {
            if (_failures != 0)
            {
                _failures = 0;
            }

            return false;
        }

        lock (_gate)
        {
            return ++_failures >= FailureThreshold && Note_NeedsLock(new BackendHealth(IsHealthy: false, _health.Latency, failure.Message));
        }
    }

    /// <summary>Checks the backend, unless an earlier check still hangs.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A check that throws has failed.")]
    public async Task CheckAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        BackendHealth health;
        try
        {
            if (_check is { IsCompleted: false })
            {
                throw new TimeoutException("The last health check has not ended yet.");
            }

            var check = backend.CheckHealthAsync(cancellationToken).AsTask();
            _check = check;
            health = await check.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            health = new BackendHealth(IsHealthy: false, timeout, exception.Message);
        }

        lock (_gate)
        {
            _ = Note_NeedsLock(health);
        }
    }

    private bool Note_NeedsLock(BackendHealth health)
    {
        var wasHealthy = _isHealthy;
        _health = health;
        _isHealthy = health.IsHealthy;
        _failures = health.IsHealthy ? 0 : _failures;
        return wasHealthy && !health.IsHealthy;
    }
}
