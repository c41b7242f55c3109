namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>How a cell stores its state: shifted so that a cell of zeros holds none.</summary>
internal static class CellWords
{
    /// <summary>Nobody's.</summary>
    public const long Vacant = 0;

    /// <summary>Being given to a key, or taken from one whose state was worth nothing.</summary>
    public const long Claimed = 1;

    /// <summary>The state is in the next table, or in none.</summary>
    public const long Moved = 2;

    /// <summary>Part of a decision on several keys, whose gates are held.</summary>
    public const long Held = 3;

    /// <summary>Whether what is stored is no state.</summary>
    public static bool IsMark(long stored) => (ulong)stored <= Held;

    public static long Store(long word) => word ^ long.MinValue;

    public static long Load(long stored) => stored ^ long.MinValue;
}
