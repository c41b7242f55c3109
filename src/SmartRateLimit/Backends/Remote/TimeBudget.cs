namespace SmartRateLimit.Backends.Remote;

/// <summary>How long a call may take. A late reply is dropped, and what it decided stays spent.</summary>
internal sealed class TimeBudget(TimeSpan timeout, TimeProvider time)
{
    private readonly DeadlinePool _deadlines = new(timeout, time);

    public TimeSpan Timeout => timeout;

    /// <exception cref="RateLimitBackendException">The time is up.</exception>
    public async ValueTask SpendAsync(Func<CancellationToken, ValueTask> call)
    {
        using var deadline = _deadlines.Start();
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
        catch (OperationCanceledException exception) when (deadline.HasPassed)
        {
            Drop(running);
            throw new RateLimitBackendException(
                BackendFailure.OutcomeUnknown, $"The store did not reply within {timeout.TotalMilliseconds:0.###} ms.", exception);
        }
    }

    private static void Drop(Task? late) =>
        _ = late?.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
