namespace SmartRateLimit.CodeFixes;

/// <summary>How many letters must be added, dropped, replaced or swapped to make one word another (optimal string alignment).</summary>
internal static class EditDistance
{
    public static int Between(string first, string second)
    {
        var cost = new int[first.Length + 1, second.Length + 1];
        for (var i = 0; i <= first.Length; i++)
        {
            for (var j = 0; j <= second.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(cost, first, second, i, j);
            }
        }

        return cost[first.Length, second.Length];
    }

    private static int Cheapest(int[,] cost, string first, string second, int i, int j)
    {
        var replaced = cost[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
        var best = Math.Min(replaced, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
        var swapped = i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
        return swapped ? Math.Min(best, 1 + cost[i - 2, j - 2]) : best;
    }
}
