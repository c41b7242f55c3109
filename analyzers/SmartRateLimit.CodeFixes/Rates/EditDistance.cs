namespace SmartRateLimit.CodeFixes;

/// <summary>How many letters must be added, dropped or replaced to make one word another (Levenshtein, 1965).</summary>
internal static class EditDistance
{
    public static int Between(string first, string second)
    {
        var row = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var i = 1; i <= first.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var replaced = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[second.Length];
    }
}
