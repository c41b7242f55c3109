namespace SmartRateLimit.Backends.Memory;

/// <summary>Parts of groups that each thread keeps for its next one.</summary>
internal static class GroupParts
{
    /// <summary>More than anybody annotates a method with; larger groups are given to the collector.</summary>
    private const int MostKept = 16;

    [ThreadStatic]
    private static GroupPart[]? t_spare;

    /// <summary>At least so many parts, not to be used by another group until <see cref="Return"/>.</summary>
    public static GroupPart[] Take(int count)
    {
        var parts = t_spare;
        t_spare = null;
        return parts is not null && parts.Length >= count ? parts : Make(Math.Max(4, count));
    }

    public static void Return(GroupPart[] parts, int used)
    {
        foreach (var part in parts.AsSpan(0, used))
        {
            part.Clear();
        }

        t_spare = parts.Length <= MostKept ? parts : null;
    }

    private static GroupPart[] Make(int count)
    {
        var parts = new GroupPart[count];
        for (var i = 0; i < count; i++)
        {
            parts[i] = new GroupPart();
        }

        return parts;
    }
}
