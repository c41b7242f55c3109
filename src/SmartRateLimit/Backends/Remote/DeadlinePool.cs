using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SmartRateLimit.Backends.Remote;

/// <summary>Deadlines of one length. Those that did not pass are set again for another call, which is cheaper than a new timer.</summary>
internal sealed class DeadlinePool(TimeSpan length, TimeProvider time)
{
    private readonly ConcurrentQueue<CancellationTokenSource> _unused = new();

    /// <summary>Starts a deadline, which the caller disposes when the call has ended.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The deadline hands it back.")]
    public Deadline Start()
    {
        if (!_unused.TryDequeue(out var source))
        {
            return new Deadline(this, new CancellationTokenSource(length, time));
        }

        source.CancelAfter(length);
        return new Deadline(this, source);
    }

    // Timers of another clock than the system's cannot be set back.
    private void End(CancellationTokenSource source)
    {
        if (ReferenceEquals(time, TimeProvider.System) && source.TryReset())
        {
            _unused.Enqueue(source);
        }
        else
        {
            source.Dispose();
        }
    }

    /// <summary>The moment from which nobody waits any more.</summary>
    internal readonly struct Deadline(DeadlinePool pool, CancellationTokenSource source) : IDisposable
    {
        public bool HasPassed => source.IsCancellationRequested;

        public CancellationToken Token => source.Token;

        public void Dispose() => pool.End(source);
    }
}
