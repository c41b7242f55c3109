namespace SmartRateLimit.Backends.Multi;

/// <summary>Checks every member again and again in the background, from the first request until it is disposed.</summary>
internal sealed class HealthLoop(BackendMember[] members, TimeSpan interval, TimeProvider time, Action reviewed) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _isStarted;
    private int _isDisposed;

    public void EnsureStarted()
    {
        if (Volatile.Read(ref _isStarted) == 0 && Interlocked.Exchange(ref _isStarted, 1) == 0)
        {
            Start();
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(members.Select(member => member.CheckAsync(interval, time, cancellationToken))).ConfigureAwait(false);
        reviewed();
    }

    public void Dispose()
    {
        // Starting and stopping may meet; whoever comes second finds the other's mark.
        _ = Interlocked.Exchange(ref _isStarted, 1);
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _stop.Cancel();
            _stop.Dispose();
        }
    }

    private void Start()
    {
        // What runs for ever must not hold on to the first caller's context.
        using (ExecutionContext.IsFlowSuppressed() ? default(IDisposable) : ExecutionContext.SuppressFlow())
        {
            _ = RunAsync(_stop.Token);
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                await CheckAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
