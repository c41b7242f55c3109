namespace SmartRateLimit.Soak;

/// <summary>What the callers of one bucket were told, and the most that any window of it held.</summary>
internal sealed class Tally(TimeSpan window)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _admitted = new();
    private long _most;

    /// <summary>Calls that were decided.</summary>
    public long Decided { get; private set; }

    /// <summary>Decisions without the store.</summary>
    public long Degraded { get; private set; }

    /// <summary>The longest that a caller waited.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The most that was admitted within any one window since it was last asked.</summary>
    public long TakeMost()
    {
        lock (_gate)
        {
            var most = _most;
            _most = 0;
            return most;
        }
    }

    public void Note(in RateLimitDecision decision, long asked)
    {
        var told = Environment.TickCount64;
        lock (_gate)
        {
            Decided++;
            Degraded += decision.IsDegraded ? 1 : 0;
            Longest = TimeSpan.FromMilliseconds(Math.Max(Longest.TotalMilliseconds, told - asked));
            if (!decision.IsAllowed)
            {
                return;
            }

            _admitted.Enqueue(told);
            while (_admitted.Peek() <= told - window.TotalMilliseconds)
            {
                _ = _admitted.Dequeue();
            }

            _most = Math.Max(_most, _admitted.Count);
        }
    }
}
