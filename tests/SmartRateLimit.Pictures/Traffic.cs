namespace SmartRateLimit.Pictures;

/// <summary>When the calls are made: a crowd at once, a steady caller, a crowd across the end of a window, a pause, and a crowd again.</summary>
internal static class Traffic
{
    public const int Seconds = 40;

    public static IReadOnlyList<TimeSpan> Calls { get; } =
    [
        .. Spaced(from: 1, count: 10, every: 0.2),
        .. Spaced(from: 5, count: 7, every: 2),
        .. Spaced(from: 18.9, count: 12, every: 0.2),
        .. Spaced(from: 31, count: 10, every: 0.2),
        .. Spaced(from: 35, count: 3, every: 2),
    ];

    private static IEnumerable<TimeSpan> Spaced(double from, int count, double every) =>
        Enumerable.Range(0, count).Select(call => TimeSpan.FromMilliseconds(1000 * (from + (every * call))));
}
