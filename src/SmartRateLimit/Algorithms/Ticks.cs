namespace SmartRateLimit.Algorithms;

/// <summary>Integer arithmetic on times.</summary>
internal static class Ticks
{
    /// <summary>A wait that does not end.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The largest multiple of <paramref name="period"/> that is not after <paramref name="time"/>, also before the epoch.</summary>
    public static long WindowStart(long time, long period)
    {
        var remainder = time % period;
        return time - (remainder < 0 ? remainder + period : remainder);
    }

    /// <summary>A wait in whole steps of a clock, rounded up.</summary>
    public static long Up(long wait, long step) => wait > Never - step ? Never : (wait + step - 1) / step * step;
}
