using System.Threading.RateLimiting;

namespace SmartRateLimit;

/// <summary>How a <see cref="RateLimiter"/> over a limiter lets its callers wait.</summary>
public sealed class RateLimiterBridgeOptions
{
    /// <summary>
    /// The most permits that callers of <see cref="RateLimiter.AcquireAsync"/> may be queued for, from 0 up; default 0,
    /// which rejects at once. The queue belongs to this process; a policy's own
    /// <see cref="RateLimitPolicy.MaxWait"/> reserves permits before anybody is queued.
    /// </summary>
    public int QueueLimit { get; set; }

    /// <summary>Who is served first. Default <see cref="QueueProcessingOrder.OldestFirst"/>; newest first, the oldest make room for the newest.</summary>
    public QueueProcessingOrder QueueProcessingOrder { get; set; } = QueueProcessingOrder.OldestFirst;

    /// <summary>The clock that queued callers wait on. Default <see cref="TimeProvider.System"/>; that of the limiter.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
