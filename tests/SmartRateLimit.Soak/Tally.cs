using System.Diagnostics;

namespace SmartRateLimit.Soak;

/// <summary>
/// What the callers of one bucket were told, and the most that any window of it held for certain: calls of which the first
/// was asked and the last was told within it. Of when a caller was told alone nothing follows: one that is held up for 150 ms
/// before it takes that down makes an exact limit of 50 look like 51.
/// </summary>
internal sealed class Tally(TimeSpan window)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<long, long> _asked = new();
    private long _most;
    private long _admitted = Stopwatch.GetTimestamp();

    /// <summary>Calls that were decided.</summary>
    public long Decided { get; private set; }

    /// <summary>Decisions without the store.</summary>
    public long Degraded { get; private set; }

    /// <summary>The longest that a caller waited.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The longest time in which nobody was admitted.</summary>
    public TimeSpan LongestDrought { get; private set; }

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

    /// <summary>Takes down an answer.</summary>
    /// <param name="decision">What was told.</param>
    /// <param name="asked">When it was asked for, as <see cref="Stopwatch"/> has it.</param>
    public void Note(in RateLimitDecision decision, long asked)
    {
        var told = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            Decided++;
            Degraded += decision.IsDegraded ? 1 : 0;
            var waited = Stopwatch.GetElapsedTime(asked, told);
            Longest = waited > Longest ? waited : Longest;
            var drought = Stopwatch.GetElapsedTime(_admitted, told);
            LongestDrought = drought > LongestDrought ? drought : LongestDrought;
            if (!decision.IsAllowed)
            {
                return;
            }

            _admitted = told;
            _asked.Enqueue(asked, asked);
            while (_asked.TryPeek(out var first, out _) && Stopwatch.GetElapsedTime(first, told) >= window)
            {
                _ = _asked.Dequeue();
            }

            _most = Math.Max(_most, _asked.Count);
        }
    }
}
