using System.Diagnostics;

namespace SmartRateLimit.Servers.Processes;

/// <summary>Waits for what must come true.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again until a condition holds.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static async Task<TimeSpan> HoldsAsync(Func<Task<bool>> condition, TimeSpan within, string what)
    {
        var started = Stopwatch.GetTimestamp();
        Exception? last = null;
        while (Stopwatch.GetElapsedTime(started) < within)
        {
            try
            {
                if (await condition())
                {
                    return Stopwatch.GetElapsedTime(started);
                }
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or System.Net.Sockets.SocketException)
            {
                last = error;
            }

            await Task.Delay(Pause);
        }

        throw new TimeoutException($"Not within {within}: {what}. {last?.Message}", last);
    }
}
