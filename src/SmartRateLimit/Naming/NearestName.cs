namespace SmartRateLimit.Naming;

/// <summary>Finds what somebody who mistyped a name probably meant: at run time in configuration, at build time in attributes.</summary>
internal static class NearestName
{
    /// <returns>The nearest known name, the first of several; <see langword="null"/> when none is at most a third of its letters away.</returns>
    public static string? Of(string written, IEnumerable<string> known)
    {
        var (nearest, least) = ((string?)null, int.MaxValue);
        foreach (var name in known)
        {
            var distance = Distance(written.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < least && distance <= Math.Max(1, name.Length / 3))
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    // Damerau and Levenshtein's distance, in which swapped neighbours count as one slip.
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1][];
        for (var i = 0; i <= from.Length; i++)
        {
            rows[i] = new int[to.Length + 1];
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i][j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(rows[i - 1][j], rows[i][j - 1]) + 1,
                    rows[i - 1][j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    rows[i][j] = Math.Min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }

        return rows[from.Length][to.Length];
    }
}
