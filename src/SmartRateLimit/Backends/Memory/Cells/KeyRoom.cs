namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>How a key that was not found fared at its gate.</summary>
internal enum KeyRoom
{
    /// <summary>The lane has ended.</summary>
    Closed,

    /// <summary>The key had a cell after all, or shares one.</summary>
    Known,

    /// <summary>The key is new.</summary>
    Taken,

    /// <summary>The key is new, and the table must grow first.</summary>
    Wanted,
}
