namespace SmartRateLimit.Resilience;

/// <summary>
/// A backend before any failure mode: it says that it could not decide, so that another can be asked first. Neither an
/// exception nor a stack trace is made for a call that is known to fail.
/// </summary>
internal interface IFallibleBackend
{
    /// <summary>When a call that failed now may succeed.</summary>
    TimeSpan RetryAfter { get; }

    /// <summary>Whether the calls that ended last failed.</summary>
    bool IsFailing { get; }

    Attempt TryAcquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost);

    ValueTask<Attempt> TryAcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken);

    Attempt TryAcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions);

    ValueTask<Attempt> TryAcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken);

    ValueTask<Attempt> TryPeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken);

    Attempt TryPeek(RateLimitPolicy policy, ReadOnlySpan<char> key);

    /// <returns>How it failed; <see langword="null"/> when the permits are back.</returns>
    ValueTask<RateLimitBackendException?> TryRefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken);

    /// <returns>How it failed; <see langword="null"/> when the permits are back.</returns>
    RateLimitBackendException? TryRefund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost);

    /// <returns>How it failed; <see langword="null"/> when the bucket is forgotten.</returns>
    ValueTask<RateLimitBackendException?> TryResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken);
}
