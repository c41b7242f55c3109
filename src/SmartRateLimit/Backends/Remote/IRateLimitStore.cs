namespace SmartRateLimit;

/// <summary>
/// What a driver supplies to a <see cref="RemoteBackend"/>: decisions of a store outside the process, several to a call.
/// Batching, remembered refusals, the circuit breaker, the time budget and failure modes are the backend's.
/// </summary>
/// <remarks>
/// Each call is one round trip, decided by the store's clock, and leaves an expiry on every key it writes. A call that
/// could not be decided throws <see cref="RateLimitBackendException"/> and says how it failed; any other exception counts
/// as <see cref="BackendFailure.OutcomeUnknown"/>. A store never sends a request again whose outcome it does not know.
/// It may complete its tasks on the thread that reads replies: callers do not go on there. Policies are valid and supported, costs at least 0, keys of at most 256 UTF-8 bytes.
/// </remarks>
public interface IRateLimitStore
{
    /// <summary>
    /// A bucket got permits back otherwise than by time: it was reset, or permits were refunded, by any node. Refusals
    /// that are remembered for it are dropped. A store without such news never raises it.
    /// </summary>
    event EventHandler<BucketReplenishedEventArgs>? BucketReplenished
    {
        add { }
        remove { }
    }

    /// <summary>Whether the store can decide a policy exactly. Asked once per policy; "no" becomes an error.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="reason">Why not, as a sentence for the developer.</param>
    /// <returns>Whether it can.</returns>
    bool Supports(RateLimitPolicy policy, out string? reason);

    /// <summary>
    /// Where a bucket lives. Requests of one slot may share a call and be decided as one step; a store that can do so for
    /// all its keys has a single slot. At most some ten thousand different values: each one used keeps a queue.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <returns>The slot.</returns>
    int Slot(RateLimitPolicy policy, ReadOnlySpan<char> key);

    /// <summary>Decides requests of one slot in their order, each on its own, as if each had come alone.</summary>
    /// <param name="requests">The requests; a bucket may occur several times. Valid until the call has completed.</param>
    /// <param name="decisions">Receives one decision per single request: <see cref="StoreRequest.Count"/> for the first, and so on.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the reply any more; what was sent stays spent.</param>
    /// <returns>A task that ends when all decisions are there.</returns>
    ValueTask AcquireAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken);

    /// <summary>The same, blocking the thread no longer than the store's own time-out.</summary>
    /// <param name="requests">The requests; a bucket may occur several times.</param>
    /// <param name="decisions">Receives one decision per single request.</param>
    void Acquire(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions);

    /// <summary>Decides requests of one slot as one step: all are admitted, or nothing is charged.</summary>
    /// <param name="requests">The requests, each with a <see cref="StoreRequest.Count"/> of 1. Valid until the call has completed.</param>
    /// <param name="decisions">Receives each request's own decision.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the reply any more; what was sent stays spent.</param>
    /// <returns>A task that ends when all decisions are there.</returns>
    ValueTask AcquireAllAsync(ReadOnlyMemory<StoreRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken);

    /// <summary>The same, blocking the thread no longer than the store's own time-out.</summary>
    /// <param name="requests">The requests, each with a <see cref="StoreRequest.Count"/> of 1.</param>
    /// <param name="decisions">Receives each request's own decision.</param>
    void AcquireAll(ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions);

    /// <summary>Hands permits back.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cost">The permits taken.</param>
    /// <param name="cancellationToken">Cancels the wait for the reply.</param>
    /// <returns>A task that ends when they are back.</returns>
    ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, long cost, CancellationToken cancellationToken);

    /// <summary>The same, blocking the thread no longer than the store's own time-out.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cost">The permits taken.</param>
    void Refund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost);

    /// <summary>Reads a bucket without touching it, as a request of cost 1 would find it.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cancellationToken">Cancels the wait for the reply.</param>
    /// <returns>The decision that such a request would get, with the permits remaining now.</returns>
    ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken);

    /// <summary>The same, blocking the thread no longer than the store's own time-out.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <returns>The decision that such a request would get, with the permits remaining now.</returns>
    RateLimitDecision Peek(RateLimitPolicy policy, ReadOnlySpan<char> key);

    /// <summary>Forgets a bucket, and tells other nodes where the store can.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="cancellationToken">Cancels the wait for the reply.</param>
    /// <returns>A task that ends when it is forgotten.</returns>
    ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlyMemory<char> key, CancellationToken cancellationToken);
}
