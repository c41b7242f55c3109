using SmartRateLimit.Resilience;

namespace SmartRateLimit.Backends.Remote;

/// <summary>
/// Makes one call at a time for the buckets that fall to it. Whoever comes while none is under way is sent at once;
/// whoever comes later joins the next call.
/// </summary>
internal sealed class CallLane(GuardedStore guard, RefusalMemory refusals)
{
    private static readonly RateLimitBackendException NotSent =
        new(BackendFailure.Unavailable, "The call before failed, so this one was not made.");

    private readonly Queue<CallWaiter> _arrived = new();
    private CallBatch? _free = new();
    private bool _isCalling;

    public void Add(CallWaiter waiter)
    {
        lock (_arrived)
        {
            if (_isCalling)
            {
                _arrived.Enqueue(waiter);
                return;
            }

            if (!waiter.TrySend())
            {
                waiter.Release();
                return;
            }

            _isCalling = true;
        }

        _ = CallAloneAsync(waiter);
    }

    /// <summary>Who finds nobody under way needs no batch.</summary>
    private async Task CallAloneAsync(CallWaiter waiter)
    {
        if (await guard.CallAsync(waiter.Send).ConfigureAwait(false) is { } failure)
        {
            waiter.Complete(Attempt.Failed(failure));
            FailThoseWaiting(failure);
            Leave();
            return;
        }

        refusals.Learn(waiter.Mark, waiter.Request, waiter.Decision);

        // First, so that a caller who comes again at once finds nobody under way.
        Leave();
        waiter.Complete(Attempt.Decided(waiter.Decision));
        waiter.Release();
    }

    private async Task CallUntilEmptyAsync()
    {
        while (Next() is { } batch)
        {
            // The driver has replies to read; what follows is not its work.
            await DriverThread.LeaveAsync();
            var failure = await guard.CallAsync(token => guard.Store.AcquireAsync(batch.Requests, batch.Decisions, token)).ConfigureAwait(false);
            batch.Complete(failure, refusals);
            if (failure is null)
            {
                batch.Clear();
                _free = batch;
            }
            else
            {
                FailThoseWaiting(failure);
            }
        }
    }

    /// <summary>Who waited for a call that failed has waited long enough. Nothing of theirs was sent.</summary>
    private void FailThoseWaiting(RateLimitBackendException failure)
    {
        var attempt = Attempt.FailedWithAnother(failure.Failure == BackendFailure.Misconfigured ? failure : NotSent);
        lock (_arrived)
        {
            while (_arrived.TryDequeue(out var waiter))
            {
                waiter.Complete(attempt);
                waiter.Release();
            }
        }
    }

    private void Leave()
    {
        lock (_arrived)
        {
            if (_arrived.Count == 0)
            {
                _isCalling = false;
                return;
            }
        }

        _ = CallUntilEmptyAsync();
    }

    private CallBatch? Next()
    {
        var batch = _free ?? new CallBatch();
        _free = null;
        lock (_arrived)
        {
            while (_arrived.TryPeek(out var waiter) && batch.HasRoomFor(waiter))
            {
                _ = _arrived.Dequeue();
                if (waiter.TrySend())
                {
                    batch.Add(waiter);
                }
                else
                {
                    waiter.Release();
                }
            }

            if (!batch.IsEmpty)
            {
                return batch;
            }

            _free = batch;
            _isCalling = false;
            return null;
        }
    }
}
