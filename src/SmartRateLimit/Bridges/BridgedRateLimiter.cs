using System.Threading.RateLimiting;

namespace SmartRateLimit.Bridges;

/// <summary>A bucket as a rate limiter of the base class library. What it keeps itself is the queue and the counts.</summary>
internal sealed class BridgedRateLimiter : RateLimiter
{
    private readonly BridgedBucket _bucket;
    private readonly TimeProvider _time;
    private readonly WaitingLine _line;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private long _lastUsed;
    private int _calls;
    private long _acquired;
    private long _failed;
    private int _isDisposed;

    public BridgedRateLimiter(BridgedBucket bucket, QueueSettings settings)
    {
        _bucket = bucket;
        _time = settings.Time;
        _closed = _closing.Token;
        _line = new WaitingLine(bucket, settings, _closed);
        _lastUsed = _time.GetTimestamp();
    }

    public override TimeSpan? IdleDuration => Volatile.Read(ref _calls) > 0 ? null : _time.GetElapsedTime(Volatile.Read(ref _lastUsed));

    public override RateLimiterStatistics GetStatistics()
    {
        ThrowIfDisposed();
        return new RateLimiterStatistics
        {
            CurrentAvailablePermits = _bucket.Peek().Remaining,
            CurrentQueuedCount = _line.Queued,
            TotalSuccessfulLeases = Interlocked.Read(ref _acquired),
            TotalFailedLeases = Interlocked.Read(ref _failed),
        };
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        ThrowIfDisposed();
        Volatile.Write(ref _lastUsed, _time.GetTimestamp());
        return Count(permitCount > 0 && _line.IsAhead ? BridgedLease.Behind(_bucket.Peek()) : BridgedLease.Of(_bucket.Acquire(permitCount)));
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        Interlocked.Increment(ref _calls);
        try
        {
            return Count(await AcquireOrQueueAsync(permitCount, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return Count(BridgedLease.Failed);
        }
        finally
        {
            Volatile.Write(ref _lastUsed, _time.GetTimestamp());
            Interlocked.Decrement(ref _calls);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        Close();
        return base.DisposeAsyncCore();
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _closing.Cancel();
            _line.Dispose();
            _closing.Dispose();
        }
    }

    private async ValueTask<RateLimitLease> AcquireOrQueueAsync(int permitCount, CancellationToken cancellationToken)
    {
        if (permitCount > 0 && _line.IsAhead)
        {
            return await (_line.TryEnter(permitCount, cancellationToken) ?? Task.FromResult<RateLimitLease>(BridgedLease.Behind(_bucket.Peek()))).ConfigureAwait(false);
        }

        var decision = await AskAsync(permitCount, cancellationToken).ConfigureAwait(false);
        var lease = BridgedLease.Of(decision);
        return lease.IsAcquired || decision.RetryAfter == Timeout.InfiniteTimeSpan
            ? lease
            : await (_line.TryEnter(permitCount, cancellationToken) ?? Task.FromResult<RateLimitLease>(lease)).ConfigureAwait(false);
    }

    private async ValueTask<RateLimitDecision> AskAsync(int permitCount, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed);
        return await _bucket.AcquireAsync(permitCount, either.Token).ConfigureAwait(false);
    }

    private RateLimitLease Count(RateLimitLease lease)
    {
        Interlocked.Increment(ref lease.IsAcquired ? ref _acquired : ref _failed);
        return lease;
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
}
