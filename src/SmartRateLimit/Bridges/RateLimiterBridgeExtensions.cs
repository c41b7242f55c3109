using System.Threading.RateLimiting;
using SmartRateLimit.Bridges;

namespace SmartRateLimit;

/// <summary>Gives the types of <c>System.Threading.RateLimiting</c> that other libraries take, on any limiter.</summary>
public static class RateLimiterBridgeExtensions
{
    /// <summary>One bucket as a <see cref="RateLimiter"/>.</summary>
    /// <param name="limiter">The limiter; it is not disposed with the result.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="options">How callers may wait; <see langword="null"/> means not at all beyond the policy's own wait.</param>
    /// <returns>A rate limiter, to be disposed by the caller.</returns>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static RateLimiter AsRateLimiter(this IRateLimiter limiter, RateLimitPolicy policy, string key = RateLimitKey.Global, RateLimiterBridgeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(key);
        return new BridgedRateLimiter(new BridgedBucket(limiter, policy, key), QueueSettings.From(options));
    }

    /// <summary>The buckets of a policy as a <see cref="PartitionedRateLimiter{TResource}"/>.</summary>
    /// <typeparam name="TResource">What is limited.</typeparam>
    /// <param name="limiter">The limiter; it is not disposed with the result.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The key of a resource's bucket.</param>
    /// <param name="options">How callers may wait, for each key; <see langword="null"/> means not at all beyond the policy's own wait.</param>
    /// <returns>A partitioned rate limiter, to be disposed by the caller. It remembers a key's queue and statistics for some seconds after its last use.</returns>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static PartitionedRateLimiter<TResource> AsPartitionedRateLimiter<TResource>(this IRateLimiter limiter, RateLimitPolicy policy, Func<TResource, string> key, RateLimiterBridgeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(key);
        var settings = QueueSettings.From(options);
        return PartitionedRateLimiter.Create<TResource, string>(
            resource => RateLimitPartition.Get(key(resource), one => (RateLimiter)new BridgedRateLimiter(new BridgedBucket(limiter, policy, one), settings)),
            StringComparer.Ordinal);
    }
}
