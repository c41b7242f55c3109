namespace SmartRateLimit;

/// <summary>Decides whether a call may happen now. Safe under any number of parallel callers.</summary>
public interface IRateLimiter
{
    /// <summary>Decides at once. A leaky bucket's <see cref="RateLimitDecision.Delay"/> is the caller's to keep; <see cref="RateLimitPolicy.MaxWait"/> does not apply.</summary>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="key">What is counted apart. Folded with a cryptographic hash when longer than 256 UTF-8 bytes.</param>
    /// <param name="cost">Permits that the call takes, at least 0; 0 charges nothing.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1);

    /// <summary>
    /// Decides, and awaits what the policy's <see cref="RateLimitPolicy.MaxWait"/> or a leaky bucket's delay asks for.
    /// </summary>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="key">What is counted apart; copied before the first await.</param>
    /// <param name="cost">Permits that the call takes, at least 0; 0 charges nothing.</param>
    /// <param name="cancellationToken">Ends a wait; the reserved permits stay spent.</param>
    /// <returns>The decision, when the call may proceed or is rejected.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1, CancellationToken cancellationToken = default);

    /// <summary>Decides several requests together: all are admitted, or nothing stays charged.</summary>
    /// <param name="requests">The requests; read before the first await.</param>
    /// <param name="decisions">When not empty, receives each request's own decision; at least as long as <paramref name="requests"/>.</param>
    /// <param name="cancellationToken">Ends a wait; the reserved permits stay spent.</param>
    /// <returns>The rejection with the longest retry-after, or else the admission with the least remaining.</returns>
    /// <exception cref="ArgumentException">There is no request, or <paramref name="decisions"/> is too short.</exception>
    ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default, CancellationToken cancellationToken = default);

    /// <summary>Decides several requests together at once, as <see cref="Acquire"/> does for one.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="decisions">When not empty, receives each request's own decision.</param>
    /// <returns>The rejection with the longest retry-after, or else the admission with the least remaining.</returns>
    /// <remarks>A limiter that does not implement this blocks on <see cref="AcquireAllAsync"/>.</remarks>
    RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default)
    {
        var pending = AcquireAllAsync(requests, decisions);
        return pending.IsCompletedSuccessfully ? pending.Result : pending.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Reads a bucket without touching it.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What a request of cost 1 would be told, with <see cref="RateLimitDecision.Remaining"/> as it stands now.</returns>
    ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default);

    /// <summary>Forgets a bucket: the next request finds it new.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is forgotten.</returns>
    ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default);
}
