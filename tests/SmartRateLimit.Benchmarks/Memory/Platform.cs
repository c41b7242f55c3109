using System.Threading.RateLimiting;

namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>The limiters of the platform, with room enough never to refuse.</summary>
internal static class Platform
{
    public static TokenBucketRateLimiterOptions Wide { get; } = new()
    {
        TokenLimit = int.MaxValue,
        TokensPerPeriod = int.MaxValue,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };

    public static TokenBucketRateLimiterOptions Narrow { get; } = new()
    {
        TokenLimit = 1,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromDays(30),
        QueueLimit = 0,
    };

    public static PartitionedRateLimiter<string> Partitioned(TokenBucketRateLimiterOptions options, Func<string, string>? by = null) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(by?.Invoke(key) ?? key, _ => options));

    public static long Run(this PartitionedRateLimiter<string> limiter, string[] keys, int times)
    {
        var admitted = 0L;
        for (int i = 0, next = 0; i < times; i++)
        {
            using var lease = limiter.AttemptAcquire(keys[next]);
            admitted += lease.IsAcquired ? 1 : 0;
            next = ++next < keys.Length ? next : 0;
        }

        return admitted;
    }
}
