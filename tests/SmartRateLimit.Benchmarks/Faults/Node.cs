using Microsoft.Extensions.DependencyInjection;
using SmartRateLimit.Redis;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>A node of an application with everything as it is by default, and its own connection to Redis.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Node(string configuration, Action<RedisBackendOptions>? configure = null)
        : this(options => options.UseRedis(configuration, configure))
    {
    }

    public Node(Action<SmartRateLimitOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddSmartRateLimit(configure);
        _services = services.BuildServiceProvider();
        Limiter = _services.GetRequiredService<IRateLimiter>();
    }

    public static RateLimitPolicy Policy { get; } = RateLimitPolicy.Parse("policy", "1_000_000/s") with { OnBackendFailure = FailureMode.Closed };

    public IRateLimiter Limiter { get; }

    public ValueTask<RateLimitDecision> AskAsync() => Limiter.AcquireAsync(Policy, "key");

    /// <summary>Waits until the store decides.</summary>
    public async Task<TimeSpan> DecidesAsync()
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while ((await AskAsync()).IsDegraded)
        {
            await Task.Delay(1);
        }

        return System.Diagnostics.Stopwatch.GetElapsedTime(started);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
