using System.Diagnostics;

namespace SmartRateLimit.Benchmarks.Redis;

/// <summary>Callers who ask one after the other for a while.</summary>
internal static class Callers
{
    public static async Task<(long Calls, double PerSecond)> RunAsync(int callers, TimeSpan duration, Func<ValueTask<bool>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        var until = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var calls = 0L;
            while (Stopwatch.GetTimestamp() < until)
            {
                await ask().ConfigureAwait(false);
                calls++;
            }

            return calls;
        }))).ConfigureAwait(false);
        return (counts.Sum(), counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
