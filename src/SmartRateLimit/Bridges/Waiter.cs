using System.Threading.RateLimiting;

namespace SmartRateLimit.Bridges;

/// <summary>A caller in the queue. Its fields belong to the queue's lock.</summary>
internal sealed class Waiter(int permits, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<RateLimitLease> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;

    public int Permits => permits;

    public Task<RateLimitLease> Answer => _answer.Task;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether the limiter is being asked for this caller right now: what it answers is spent, so it must be waited for.</summary>
    public bool IsBeingServed { get; set; }

    public bool IsCancelled { get; set; }

    public void CancelWith(Action<Waiter> cancel)
    {
        _cancellation = cancellationToken.UnsafeRegister(_ => cancel(this), null);

        // It may have been answered before there was a registration to undo.
        if (Answer.IsCompleted)
        {
            _cancellation.Unregister();
        }
    }

    public void Complete(RateLimitLease lease)
    {
        _cancellation.Unregister();
        _answer.TrySetResult(lease);
    }

    public void Cancel() => _answer.TrySetCanceled(cancellationToken);

    public void Fail(Exception exception)
    {
        _cancellation.Unregister();
        _answer.TrySetException(exception);
    }
}
