namespace SmartRateLimit.Limiting;

/// <summary>Waits on a given clock, also for longer than one timer can run.</summary>
internal static class LongDelay
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(30);

    public static async ValueTask Wait(TimeSpan delay, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var left = delay; left > TimeSpan.Zero; left = delay - time.GetElapsedTime(start))
        {
            await Task.Delay(Timer(left), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The time for one timer, which counts whole milliseconds: one that ended early would let a call go too soon.</summary>
    public static TimeSpan Timer(TimeSpan left)
    {
        var timer = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(left.TotalMilliseconds)));
        return timer < LongestTimer ? timer : LongestTimer;
    }
}
