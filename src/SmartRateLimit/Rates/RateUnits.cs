namespace SmartRateLimit.Rates;

/// <summary>The units of the rate language and their length.</summary>
internal static class RateUnits
{
    /// <summary>The units in the order in which an error message lists them.</summary>
    public const string Expected = "ms, s, m, h, d, w, or sec, second(s), min, minute(s), hr, hour(s), day(s), week(s)";

    /// <summary>Every spelling that the language knows, shortest unit first.</summary>
    public static readonly string[] Spellings =
    [
        "ms", "s", "sec", "second", "seconds", "m", "min", "minute", "minutes",
        "h", "hr", "hour", "hours", "d", "day", "days", "w", "week", "weeks",
    ];

    /// <summary>The longest period that a rate may have: 1000 years. It keeps every sum of times far from overflow.</summary>
    public const long MaxPeriodMilliseconds = 365_250L * 86_400_000;

    /// <summary>Milliseconds in the unit, or 0 when <paramref name="unit"/> is none.</summary>
    public static long Milliseconds(string unit) => unit switch
    {
        "ms" => 1,
        "s" or "sec" or "second" or "seconds" => 1_000,
        "m" or "min" or "minute" or "minutes" => 60_000,
        "h" or "hr" or "hour" or "hours" => 3_600_000,
        "d" or "day" or "days" => 86_400_000,
        "w" or "week" or "weeks" => 604_800_000,
        _ => 0,
    };
}
