using System.Threading.RateLimiting;
using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Bridges;

/// <summary>The contract on the base class library's own limiter.</summary>
public sealed class TheirTokenBucketContract : RateLimiterContract, IDisposable
{
    private TokenBucketRateLimiter? _limiter;

    protected override RateLimiter Create(int permits, int queueLimit = 0, QueueProcessingOrder order = QueueProcessingOrder.OldestFirst) =>
        _limiter = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = permits,
            TokensPerPeriod = permits,
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(1),
            AutoReplenishment = false,
            QueueLimit = queueLimit,
            QueueProcessingOrder = order,
        });

    public void Dispose() => _limiter?.Dispose();

    protected override void Refill()
    {
        Thread.Sleep(5);
        Assert.True(_limiter!.TryReplenish());
    }
}

/// <summary>The contract on our token bucket.</summary>
public sealed class OurTokenBucketContract : OurContract
{
    protected override RateLimitPolicy Policy(int permits) => RateLimitPolicy.Parse("bridge", $"{permits}/m");
}

/// <summary>The contract on our sliding window.</summary>
public sealed class OurSlidingWindowContract : OurContract
{
    protected override RateLimitPolicy Policy(int permits) =>
        RateLimitPolicy.Parse("bridge", $"{permits}/m") with { Algorithm = RateLimitAlgorithm.SlidingWindow };
}

/// <summary>The contract on our fixed window.</summary>
public sealed class OurFixedWindowContract : OurContract
{
    protected override RateLimitPolicy Policy(int permits) =>
        RateLimitPolicy.Parse("bridge", $"{permits}/m") with { Algorithm = RateLimitAlgorithm.FixedWindow };
}

/// <summary>The contract on our bridge over a memory backend.</summary>
public abstract class OurContract : RateLimiterContract
{
    private readonly FakeTime _time = new();

    protected abstract RateLimitPolicy Policy(int permits);

    protected override RateLimiter Create(int permits, int queueLimit = 0, QueueProcessingOrder order = QueueProcessingOrder.OldestFirst)
    {
        var limiter = new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { TimeProvider = _time }), _time);
        return limiter.AsRateLimiter(Policy(permits), "k", new RateLimiterBridgeOptions { QueueLimit = queueLimit, QueueProcessingOrder = order, TimeProvider = _time });
    }

    protected override void Refill() => _time.Advance(TimeSpan.FromMinutes(1));
}
