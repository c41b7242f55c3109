using System.Threading.RateLimiting;
using Polly;

namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>A strategy of Polly that asks a limiter of the platform.</summary>
internal sealed class LimitingStrategy(RateLimiter limiter) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        using var lease = await limiter.AcquireAsync(1, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext);
        return lease.IsAcquired
            ? await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext)
            : Outcome.FromException<TResult>(new InvalidOperationException("The limiter is never asked for more than it has."));
    }
}

/// <summary>What Polly wants to know of a strategy.</summary>
internal sealed class LimitingOptions : ResilienceStrategyOptions
{
    public LimitingOptions() => Name = "limit";
}
