namespace SmartRateLimit.Rates;

/// <summary>One rate as the parser reads it: permits per period, and where in the text it stood.</summary>
internal readonly struct ParsedRate(long permits, long periodMilliseconds, int position, int length)
{
    public long Permits { get; } = permits;

    /// <summary>The period in whole milliseconds, at least 1.</summary>
    public long PeriodMilliseconds { get; } = periodMilliseconds;

    /// <summary>Index of the rate's first character in the text.</summary>
    public int Position { get; } = position;

    /// <summary>Number of characters from the first of the permits to the last of the unit.</summary>
    public int Length { get; } = length;
}
