namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// A key as the tables know it: 96 bits of a hash that is seeded for this process. Everything about a cell's place follows
/// from what the cell stores, so a table can grow without the keys' texts.
/// </summary>
internal readonly record struct KeyIdentity
{
    /// <summary>Tags below this mark what holds no key.</summary>
    public const ulong LeastTag = 2;

    public KeyIdentity(ulong tag, uint extra)
    {
        Tag = tag >= LeastTag ? tag : tag + LeastTag;
        Extra = extra;
    }

    public ulong Tag { get; }

    public uint Extra { get; }

    /// <summary>Which of the gates guards that the key exists once.</summary>
    public int Gate => (int)(Extra >> (32 - KeyGates.Bits));

    /// <summary>Which of the shared cells the key falls into while memory is full.</summary>
    public int Share => (int)(Extra & (SharedCells.Count - 1));
}
