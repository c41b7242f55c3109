using System.Runtime.CompilerServices;

namespace SmartRateLimit.Resilience;

/// <summary>Puts failure modes around a backend that may fail, so that everybody who asks gets an answer.</summary>
internal sealed class FailureModes(IFallibleBackend backend, FailureFallback fallback)
{
    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        var attempt = backend.TryAcquire(policy, key, cost);
        return attempt.Failure is { } failure
            ? fallback.Acquire(policy, key, cost, mayReserve: false, failure, backend.RetryAfter)
            : Decided(attempt, policy, key);
    }

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        var pending = backend.TryAcquireAsync(policy, key, cost, cancellationToken);
        if (!pending.IsCompletedSuccessfully)
        {
            return SettleAsync(pending, policy, key.ToString(), cost);
        }

        var attempt = pending.Result;
        return new(attempt.IsDecided ? Decided(attempt, policy, key) : Fall(attempt, policy, key, cost));
    }

    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        var attempt = backend.TryAcquireAll(requests, decisions);
        return attempt.Failure is { } failure
            ? fallback.AcquireAll(requests, decisions.Span, mayReserve: false, failure, backend.RetryAfter)
            : Decided(attempt, requests);
    }

    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        SettleAsync(backend.TryAcquireAllAsync(requests, decisions, cancellationToken), requests.ToArray(), decisions);

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        SettlePeekAsync(backend.TryPeekAsync(policy, key, cancellationToken), policy, key.ToString());

    public RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        var attempt = backend.TryPeek(policy, key);
        return attempt.Failure is { } failure ? fallback.Peek(policy, key, failure, backend.RetryAfter) : attempt.Decision;
    }

    public void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        if (!fallback.KeepsRefund(policy, key, cost, backend.IsFailing))
        {
            _ = backend.TryRefund(policy, key, cost);
        }
    }

    /// <summary>Hands permits back. Where that fails they stay spent, which time makes good.</summary>
    public async ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, long cost, CancellationToken cancellationToken)
    {
        if (!fallback.KeepsRefund(policy, key.Span, cost, backend.IsFailing))
        {
            _ = await backend.TryRefundAsync(policy, key.Span, cost, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="RateLimitBackendException">The bucket may still be there.</exception>
    public async ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken)
    {
        fallback.Reset(policy, key.Span);
        if (await backend.TryResetAsync(policy, key.Span, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            throw new RateLimitBackendException(failure.Failure, failure.Message, failure);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RateLimitDecision> SettleAsync(ValueTask<Attempt> pending, RateLimitPolicy policy, string key, long cost)
    {
        var attempt = await pending.ConfigureAwait(false);
        return attempt.IsDecided ? Decided(attempt, policy, key) : Fall(attempt, policy, key, cost);
    }

    private async ValueTask<RateLimitDecision> SettleAsync(ValueTask<Attempt> pending, RateLimitRequest[] requests, Memory<RateLimitDecision> decisions)
    {
        var attempt = await pending.ConfigureAwait(false);
        return attempt.Failure is { } failure
            ? fallback.AcquireAll(requests, decisions.Span, mayReserve: true, failure, backend.RetryAfter)
            : Decided(attempt, requests);
    }

    private async ValueTask<RateLimitDecision> SettlePeekAsync(ValueTask<Attempt> pending, RateLimitPolicy policy, string key)
    {
        var attempt = await pending.ConfigureAwait(false);
        return attempt.Failure is { } failure ? fallback.Peek(policy, key, failure, backend.RetryAfter) : attempt.Decision;
    }

    private RateLimitDecision Decided(in Attempt attempt, RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        if (attempt.Decision.IsAllowed)
        {
            fallback.ChargedElsewhere(policy, key);
        }

        return attempt.Decision;
    }

    private RateLimitDecision Decided(in Attempt attempt, ReadOnlySpan<RateLimitRequest> requests)
    {
        foreach (var (policy, key, _) in requests)
        {
            _ = Decided(attempt, policy, key.Span);
        }

        return attempt.Decision;
    }

    private RateLimitDecision Fall(in Attempt attempt, RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) =>
        fallback.Acquire(policy, key, cost, mayReserve: true, attempt.Failure!, backend.RetryAfter);
}
