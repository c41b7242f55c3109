using SmartRateLimit;

namespace AotSmoke;

/// <summary>Calls that are all alike, to be counted from outside.</summary>
internal static class Calls
{
    /// <returns>The exit code: 0 when every call was decided as it should be.</returns>
    public static int Run(string way, int times)
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        var policy = RateLimitPolicy.Parse("called", way == "three rates" ? "1_000_000_000/s; 60_000_000_000/m; 3_600_000_000_000/h" : "1/w");
        var reports = new Reports(limiter);
        var admitted = 0;
        for (var i = 0; i < times; i++)
        {
            admitted += way == "annotated" ? reports.Touch("tenant-0000001-eu-w1") / 20 : limiter.Acquire(policy, "tenant-0000001-eu-w1").IsAllowed ? 1 : 0;
        }

        return admitted == (way == "rejected" ? 1 : times) ? 0 : 1;
    }
}
