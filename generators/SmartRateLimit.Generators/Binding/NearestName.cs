namespace SmartRateLimit.Binding;

/// <summary>Guesses which name was meant by a misspelled one.</summary>
internal static class NearestName
{
    /// <returns>The nearest candidate, the first of several; <see langword="null"/> when none is near.</returns>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        var nearest = default(string);
        var least = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>Levenshtein's distance: the fewest insertions, deletions and replacements.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
