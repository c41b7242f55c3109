using System.Collections.Concurrent;

namespace SmartRateLimit.Backends.Remote;

/// <summary>How long a call may take. A late reply is dropped, and what it decided stays spent.</summary>
internal sealed class TimeBudget(TimeSpan timeout, TimeProvider time)
{
    private readonly ConcurrentQueue<CancellationTokenSource> _unused = new();

    public TimeSpan Timeout => timeout;

    /// <exception cref="RateLimitBackendException">The time is up.</exception>
    public async ValueTask SpendAsync(Func<CancellationToken, ValueTask> call)
    {
        var deadline = Start();
        Task? running = null;
        try
        {
            var started = call(deadline.Token);
            if (started.IsCompletedSuccessfully)
            {
                return;
            }

            running = started.AsTask();
            await running.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
        {
            Drop(running);
            throw new RateLimitBackendException(
                BackendFailure.OutcomeUnknown, $"The store did not reply within {timeout.TotalMilliseconds:0.###} ms.", exception);
        }
        finally
        {
            End(deadline);
        }
    }

    private CancellationTokenSource Start()
    {
        if (!_unused.TryDequeue(out var deadline))
        {
            return new CancellationTokenSource(timeout, time);
        }

        deadline.CancelAfter(timeout);
        return deadline;
    }

    // Timers of another clock than the system's cannot be set back.
    private void End(CancellationTokenSource deadline)
    {
        if (ReferenceEquals(time, TimeProvider.System) && deadline.TryReset())
        {
            _unused.Enqueue(deadline);
        }
        else
        {
            deadline.Dispose();
        }
    }

    private static void Drop(Task? late) =>
        _ = late?.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
