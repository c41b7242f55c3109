namespace SmartRateLimit.Simulation;

/// <summary>Sums over windows that slide over what was admitted.</summary>
internal static class Windows
{
    /// <returns>The first window in which more was admitted than allowed, in words; nothing when there is none.</returns>
    public static IEnumerable<string> Above((TimeSpan At, long Permits)[] admissions, TimeSpan period, Func<TimeSpan, long> bound)
    {
        Array.Sort(admissions, (one, other) => one.At.CompareTo(other.At));
        var (first, sum) = (0, 0L);
        foreach (var (at, permits) in admissions)
        {
            sum += permits;
            while (admissions[first].At <= at - period)
            {
                sum -= admissions[first++].Permits;
            }

            if (sum > bound(at))
            {
                return [$"{sum} permits within {period} until {at}, where {bound(at)} are the most."];
            }
        }

        return [];
    }
}
