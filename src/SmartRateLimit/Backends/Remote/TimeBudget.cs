namespace SmartRateLimit.Backends.Remote;

/// <summary>How long a call may take. A late reply is dropped, and what it decided stays spent.</summary>
internal sealed class TimeBudget(TimeSpan timeout, TimeProvider time)
{
    private readonly DeadlinePool _deadlines = new(timeout, time);

    public TimeSpan Timeout => timeout;

    /// <summary>Starts the time of a call, which the caller disposes when the call has ended.</summary>
    public DeadlinePool.Deadline Start() => _deadlines.Start();

    /// <summary>Nobody waits for a call any more.</summary>
    /// <param name="late">The call, unless it ended by itself because the time was up.</param>
    /// <param name="reason">How that was found.</param>
    /// <returns>What it means for its requests.</returns>
    public RateLimitBackendException GiveUp(Task? late, OperationCanceledException reason)
    {
        _ = late?.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return new RateLimitBackendException(
            BackendFailure.OutcomeUnknown, $"The store did not reply within {timeout.TotalMilliseconds:0.###} ms.", reason);
    }
}
