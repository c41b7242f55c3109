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
            // A timer counts whole milliseconds; one that ended early would let a call go too soon.
            var timer = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(timer < LongestTimer ? timer : LongestTimer, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
