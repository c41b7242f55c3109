namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// Cells that new keys of a policy share while memory is full of live ones. Which key falls into which is seeded, so that
/// nobody can aim at another's.
/// </summary>
internal static class SharedCells
{
    public const int Count = 64;
}
