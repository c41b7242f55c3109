namespace SmartRateLimit.Keys;

/// <summary>The formats in which values become keys.</summary>
internal static class KeyFormats
{
    /// <summary>The default format of dates and times drops a fraction of a second or the offset: two values would share a key.</summary>
    public static string? Of<T>() => typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset)
        || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeOnly) ? "O" : null;
}
