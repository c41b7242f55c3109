namespace SmartRateLimit;

/// <summary>
/// Keeps buckets and decides on them: the point to extend. Each decision is one atomic step on the bucket's state.
/// </summary>
/// <remarks>A limiter calls it with a valid policy, a cost of at least 0 and a key of at most 256 UTF-8 bytes.</remarks>
public interface IRateLimitBackend
{
    /// <summary>The backend's name, as policies and reports write it.</summary>
    string Name { get; }

    /// <summary>Whether the backend can decide a policy exactly. Asked once per policy; "no" becomes an error.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="reason">Why not, as a sentence for the developer.</param>
    /// <returns>Whether it can.</returns>
    bool Supports(RateLimitPolicy policy, out string? reason);

    /// <summary>Decides at once, without ever reserving a later permit.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cost">Permits to take, at least 0.</param>
    /// <returns>The decision.</returns>
    RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost);

    /// <summary>Decides, reserving a permit that comes within <see cref="RateLimitPolicy.MaxWait"/>; the caller awaits <see cref="RateLimitDecision.Delay"/>.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key; not valid after the first await.</param>
    /// <param name="cost">Permits to take, at least 0.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The decision.</returns>
    ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken);

    /// <summary>Hands back permits that an admitted request took a moment ago and did not use.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cost">The permits taken.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when they are back.</returns>
    ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken);

    /// <summary>The same for a caller who blocks. A backend that has to wait for others does so without a task; unless it is overridden, <see cref="RefundAsync"/> is waited for.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cost">The permits taken.</param>
    void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) =>
        RefundAsync(policy, key, cost, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Reads a bucket without touching it, as a request of cost 1 would find it.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The decision that such a request would get, with the permits remaining now.</returns>
    ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken);

    /// <summary>The same for a caller who blocks. A backend that has to wait for others does so without a task; unless it is overridden, <see cref="PeekAsync"/> is waited for.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <returns>The decision that such a request would get, with the permits remaining now.</returns>
    RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key) =>
        PeekAsync(policy, key, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Forgets a bucket.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is forgotten.</returns>
    ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken);

    /// <summary>Exercises the backend for real.</summary>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>How it is.</returns>
    ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken);
}
