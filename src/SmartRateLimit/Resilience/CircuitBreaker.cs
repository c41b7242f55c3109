using SmartRateLimit.Backends;

namespace SmartRateLimit.Resilience;

/// <summary>
/// Keeps calls from a backend that fails them (M. Nygard, "Release It!", 2007). It has no timer: the caller who comes
/// first after a break makes the probe, and a probe that never reports is given up by the callers after it.
/// </summary>
internal sealed class CircuitBreaker
{
    private static readonly RateLimitBackendException Unprobed =
        new(BackendFailure.Unavailable, "The circuit breaker is open.");

    private readonly object _gate = new();
    private readonly BackendClock _clock;
    private readonly BreakSchedule _breaks;
    private readonly int _threshold;
    private readonly long _longestProbe;
    private volatile CircuitState _state;
    private volatile int _failures;
    private volatile RateLimitBackendException _lastFailure = Unprobed;
    private long _generation;
    private long _since;
    private long _break;

    public CircuitBreaker(CircuitBreakerOptions options, TimeSpan callTimeout, TimeProvider time)
    {
        _breaks = new BreakSchedule(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FailureThreshold, 1, nameof(options));
        _threshold = options.FailureThreshold;
        _longestProbe = callTimeout.Ticks + options.MaxBreakDuration.Ticks;
        _clock = new BackendClock(time);
    }

    /// <summary>Raised after a change, outside any lock.</summary>
    public event Action<CircuitStateChangedEventArgs>? Changed;

    public CircuitState State => _state;

    /// <summary>Why the last call failed that did.</summary>
    public RateLimitBackendException LastFailure => _lastFailure;

    /// <summary>Whether the calls that ended last failed.</summary>
    public bool IsFailing => _state != CircuitState.Closed || _failures > 0;

    /// <summary>When a call may go through again, as far as one can tell.</summary>
    public TimeSpan RetryAfter
    {
        get
        {
            lock (_gate)
            {
                return TimeSpan.FromTicks(_state == CircuitState.Open ? Math.Max(0, _break - Elapsed_NeedsLock()) : _breaks.Shortest);
            }
        }
    }

    /// <summary>Asks leave for a call. Without leave the backend is not to be called.</summary>
    public bool TryEnter(out CircuitPass pass)
    {
        // Read before the state: a pass of an older generation is void, never wrong.
        pass = new CircuitPass(Volatile.Read(ref _generation));
        return _state == CircuitState.Closed || TryProbe(out pass);
    }

    /// <summary>Says how a call ended.</summary>
    /// <param name="pass">What <see cref="TryEnter"/> gave.</param>
    /// <param name="failure">The failure; <see langword="null"/> when the backend decided, whatever it decided.</param>
    public void Report(CircuitPass pass, RateLimitBackendException? failure)
    {
        if (failure is null && _state == CircuitState.Closed && _failures == 0)
        {
            return;
        }

        CircuitStateChangedEventArgs? change = null;
        lock (_gate)
        {
            if (pass.Generation == _generation)
            {
                change = failure is null ? Succeed_NeedsLock() : Fail_NeedsLock(failure);
            }
        }

        Announce(change);
    }

    /// <summary>Opens a closed circuit without waiting for calls to fail.</summary>
    public void Trip(RateLimitBackendException failure)
    {
        CircuitStateChangedEventArgs? change = null;
        lock (_gate)
        {
            change = _state == CircuitState.Closed ? Open_NeedsLock(failure) : null;
        }

        Announce(change);
    }

    private bool TryProbe(out CircuitPass pass)
    {
        CircuitStateChangedEventArgs? change = null;
        var mayEnter = false;
        lock (_gate)
        {
            switch (_state)
            {
                case CircuitState.Closed:
                    mayEnter = true;
                    break;
                case CircuitState.Open when IsOver_NeedsLock(_break):
                    change = Move_NeedsLock(CircuitState.HalfOpen, null);
                    mayEnter = true;
                    break;
                case CircuitState.HalfOpen when IsOver_NeedsLock(_longestProbe):
                    change = Open_NeedsLock(new RateLimitBackendException(BackendFailure.OutcomeUnknown, "The probe of the backend never ended."));
                    break;
            }

            pass = new CircuitPass(_generation);
        }

        Announce(change);
        return mayEnter;
    }

    private CircuitStateChangedEventArgs? Succeed_NeedsLock()
    {
        _failures = 0;
        _breaks.Restart();
        return _state == CircuitState.Closed ? null : Move_NeedsLock(CircuitState.Closed, null);
    }

    private CircuitStateChangedEventArgs? Fail_NeedsLock(RateLimitBackendException failure)
    {
        _failures++;
        _lastFailure = failure;
        return _state == CircuitState.HalfOpen || _failures >= _threshold ? Open_NeedsLock(failure) : null;
    }

    private CircuitStateChangedEventArgs Open_NeedsLock(RateLimitBackendException failure)
    {
        _lastFailure = failure;
        _break = _breaks.Next();
        return Move_NeedsLock(CircuitState.Open, failure);
    }

    private CircuitStateChangedEventArgs Move_NeedsLock(CircuitState next, RateLimitBackendException? failure)
    {
        var change = new CircuitStateChangedEventArgs(_state, next, failure);
        _since = _clock.Monotonic;

        // In this order, the opposite of who enters: no pass of a generation is given for the state before it.
        _state = next;
        Volatile.Write(ref _generation, _generation + 1);
        return change;
    }

    private long Elapsed_NeedsLock() => _clock.Monotonic - _since;

    // A clock that was set back must not prolong anything.
    private bool IsOver_NeedsLock(long length) => Elapsed_NeedsLock() is var elapsed && (elapsed >= length || elapsed < 0);

    private void Announce(CircuitStateChangedEventArgs? change)
    {
        if (change is not null)
        {
            Changed?.Invoke(change);
        }
    }
}
