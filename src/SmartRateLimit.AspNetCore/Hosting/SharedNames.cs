using Microsoft.Extensions.Logging;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Hosting;

/// <summary>Finds limits that share a bucket by their name and give it different numbers, which no single file shows.</summary>
internal static class SharedNames
{
    public static void Check(IEnumerable<LimitPlan> limits, ILogger logger)
    {
        foreach (var name in limits.GroupBy(limit => limit.Policy.Name).Where(same => same.Select(limit => limit.Policy).Distinct().Skip(1).Any()))
        {
            Log.NumbersDisagree(logger, name.Key, string.Join(" and ", name.Select(limit => string.Join("; ", limit.Policy.Rates)).Distinct()));
        }
    }
}
