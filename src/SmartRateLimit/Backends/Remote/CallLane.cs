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
            _arrived.Enqueue(waiter);
            if (_isCalling)
            {
                return;
            }

            _isCalling = true;
        }

        _ = CallUntilEmptyAsync();
    }

    private async Task CallUntilEmptyAsync()
    {
        for (var isFirst = true; Next() is { } batch; isFirst = false)
        {
            if (!isFirst)
            {
                // The driver has replies to read; what follows is not its work.
                await DriverThread.LeaveAsync();
            }

            var failure = await guard.CallAsync(token => guard.Store.AcquireAsync(batch.Requests, batch.Decisions, token)).ConfigureAwait(false);
            batch.Complete(failure, refusals);
            if (failure is null)
            {
                batch.Clear();
                _free = batch;
            }
            else
            {
                FailThoseWaiting(failure.Failure == BackendFailure.Misconfigured ? failure : NotSent);
            }
        }
    }

    /// <summary>Who waited for a call that failed has waited long enough. Nothing of theirs was sent.</summary>
    private void FailThoseWaiting(RateLimitBackendException failure)
    {
        lock (_arrived)
        {
            while (_arrived.TryDequeue(out var waiter))
            {
                waiter.Complete(Attempt.Failed(failure));
                waiter.Release();
            }
        }
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
