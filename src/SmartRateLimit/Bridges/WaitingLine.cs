using System.Threading.RateLimiting;
using SmartRateLimit.Limiting;

namespace SmartRateLimit.Bridges;

/// <summary>
/// Callers queued for one bucket. One of them at a time is asked for; when it is refused, a timer asks again at the
/// moment that the refusal named, so an empty line costs nothing.
/// </summary>
internal sealed class WaitingLine : IDisposable
{
    private readonly object _gate = new();
    private readonly BridgedBucket _bucket;
    private readonly QueueSettings _settings;
    private readonly CancellationToken _closing;
    private readonly ITimer _timer;
    private readonly LinkedList<Waiter> _waiters = [];
    private int _queued;
    private bool _isServing;
    private bool _hasChanged;

    public WaitingLine(BridgedBucket bucket, QueueSettings settings, CancellationToken closing)
    {
        _bucket = bucket;
        _settings = settings;
        _closing = closing;
        _timer = settings.Time.CreateTimer(static line => ((WaitingLine)line!).Serve(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Permits that callers are queued for.</summary>
    public int Queued
    {
        get
        {
            lock (_gate)
            {
                return _queued;
            }
        }
    }

    /// <summary>Whether anybody is queued.</summary>
    public bool IsOccupied
    {
        get
        {
            lock (_gate)
            {
                return _waiters.Count > 0;
            }
        }
    }

    /// <summary>Whether somebody who comes now has to let others go first.</summary>
    public bool IsAhead => !_settings.NewestFirst && IsOccupied;

    /// <returns>The answer to come, or <see langword="null"/> when there is no room.</returns>
    public Task<RateLimitLease>? TryEnter(int permits, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(permits, cancellationToken);
        List<Waiter> displaced = [];
        lock (_gate)
        {
            if (_closing.IsCancellationRequested)
            {
                return Task.FromResult<RateLimitLease>(BridgedLease.Failed);
            }

            if (!MakeRoom_NeedsLock(permits, displaced))
            {
                return null;
            }

            _waiters.AddLast(waiter);
            _queued += permits;
        }

        displaced.ForEach(static oldest => oldest.Complete(BridgedLease.Failed));
        waiter.CancelWith(Cancel);
        Serve();
        return waiter.Answer;
    }

    /// <summary>Fails whoever is still waiting; call it after the closing token is cancelled.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        List<Waiter> left;
        lock (_gate)
        {
            left = [.. _waiters.Where(static waiter => !waiter.IsBeingServed)];
            left.ForEach(Remove_NeedsLock);
        }

        left.ForEach(static waiter => waiter.Complete(BridgedLease.Failed));
    }

    private bool MakeRoom_NeedsLock(int permits, List<Waiter> displaced)
    {
        if (_settings.NewestFirst && permits <= _settings.Limit)
        {
            while (permits > _settings.Limit - _queued && _waiters.FirstOrDefault(static waiter => !waiter.IsBeingServed) is { } oldest)
            {
                Remove_NeedsLock(oldest);
                displaced.Add(oldest);
            }
        }

        return permits <= _settings.Limit - _queued;
    }

    private void Remove_NeedsLock(Waiter waiter)
    {
        _waiters.Remove(waiter);
        _queued -= waiter.Permits;
    }

    private void Cancel(Waiter waiter)
    {
        lock (_gate)
        {
            waiter.IsCancelled = true;
            if (waiter.IsBeingServed || !_waiters.Contains(waiter))
            {
                return;
            }

            Remove_NeedsLock(waiter);
        }

        waiter.Cancel();
        Serve();
    }

    private void Serve()
    {
        lock (_gate)
        {
            _hasChanged = true;
            if (_isServing)
            {
                return;
            }

            _isServing = true;
        }

        _ = ServeAllAsync();
    }

    private async Task ServeAllAsync()
    {
        while (Next() is { } waiter)
        {
            try
            {
                var decision = await AskAsync(waiter).ConfigureAwait(false);
                Settle(waiter, decision);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested || waiter.CancellationToken.IsCancellationRequested)
            {
                Leave(waiter);
                Dismiss(waiter);
            }
            catch (Exception exception)
            {
                Leave(waiter);
                waiter.Fail(exception);
            }
        }
    }

    private async ValueTask<RateLimitDecision> AskAsync(Waiter waiter)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waiter.CancellationToken, _closing);
        return await _bucket.AcquireAsync(waiter.Permits, either.Token).ConfigureAwait(false);
    }

    /// <summary>Who is to be asked for; <see langword="null"/> when nobody is, or nothing has changed since the last refusal.</summary>
    private Waiter? Next()
    {
        lock (_gate)
        {
            var next = _settings.NewestFirst ? _waiters.Last?.Value : _waiters.First?.Value;
            if (next is null || !_hasChanged)
            {
                _isServing = false;
                return null;
            }

            _hasChanged = false;
            next.IsBeingServed = true;
            return next;
        }
    }

    private void Settle(Waiter waiter, in RateLimitDecision decision)
    {
        if (decision.IsAllowed || decision.RetryAfter == Timeout.InfiniteTimeSpan)
        {
            Leave(waiter);
            waiter.Complete(BridgedLease.Of(decision));
        }
        else if (!TryStayUntil(waiter, decision.RetryAfter))
        {
            Leave(waiter);
            Dismiss(waiter);
        }
    }

    /// <summary>Who gave up, or the end, found the caller being served and left it alone; both must be seen before it stays.</summary>
    private bool TryStayUntil(Waiter waiter, TimeSpan retryAfter)
    {
        lock (_gate)
        {
            if (waiter.IsCancelled || _closing.IsCancellationRequested)
            {
                return false;
            }

            waiter.IsBeingServed = false;
            _timer.Change(LongDelay.Timer(retryAfter), Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    private void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            waiter.IsBeingServed = false;
            Remove_NeedsLock(waiter);
            _hasChanged = true;
        }
    }

    private void Dismiss(Waiter waiter)
    {
        if (_closing.IsCancellationRequested)
        {
            waiter.Complete(BridgedLease.Failed);
        }
        else
        {
            waiter.Cancel();
        }
    }
}
