namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>How a key fared at its gate.</summary>
internal enum KeyRoom
{
    /// <summary>The lane has ended.</summary>
    Closed,

    /// <summary>The key had a cell.</summary>
    Known,

    /// <summary>The key is new.</summary>
    Taken,

    /// <summary>The key is new, and the table must grow first.</summary>
    Wanted,

    /// <summary>The key is new and there is no room for it, so it shares a state.</summary>
    None,
}
