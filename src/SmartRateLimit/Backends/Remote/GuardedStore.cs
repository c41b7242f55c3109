using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SmartRateLimit.Resilience;

namespace SmartRateLimit.Backends.Remote;

/// <summary>Calls of a store behind its circuit breaker and within their time. None of them throws.</summary>
internal sealed class GuardedStore(IRateLimitStore store, CircuitBreaker breaker, TimeBudget budget, BackendClock clock)
{
    public CircuitBreaker Breaker => breaker;

    public IRateLimitStore Store => store;

    /// <returns>How the call failed, or why it was not made; <see langword="null"/> when it succeeded.</returns>
    public ValueTask<RateLimitBackendException?> CallAsync(Func<CancellationToken, ValueTask> call) =>
        breaker.TryEnter(out var pass) ? CallAsync(pass, call) : new(breaker.LastFailure);

    /// <summary>Makes a call that has leave already.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a driver throws is a failure of its store.")]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RateLimitBackendException?> CallAsync(CircuitPass pass, Func<CancellationToken, ValueTask> call)
    {
        RateLimitBackendException? failure = null;
        Task? running = null;
        using var deadline = budget.Start();
        try
        {
            running = call(deadline.Token).AsTask();
            await running.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (deadline.HasPassed)
        {
            failure = budget.GiveUp(running, exception);
        }
        catch (Exception exception)
        {
            failure = RateLimitBackendException.Of(exception);
        }

        breaker.Report(pass, failure);
        return failure;
    }

    /// <summary>Makes a call that blocks.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a driver throws is a failure of its store.")]
    public RateLimitBackendException? Call(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions, StoreCall call)
    {
        if (!breaker.TryEnter(out var pass))
        {
            return breaker.LastFailure;
        }

        var start = clock.Monotonic;
        RateLimitBackendException? failure = null;
        try
        {
            call(store, requests, decisions);
        }
        catch (Exception exception)
        {
            failure = RateLimitBackendException.Of(exception);
        }

        breaker.Report(pass, failure ?? TooSlow(clock.Monotonic - start));
        return failure;
    }

    // Its decision is there and counts; but a store that is this slow is better left alone for a while.
    private RateLimitBackendException? TooSlow(long elapsed) => elapsed <= budget.Timeout.Ticks
        ? null
        : new RateLimitBackendException(BackendFailure.Unavailable, $"The store took longer than {budget.Timeout.TotalMilliseconds:0.###} ms.");
}
