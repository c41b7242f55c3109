namespace SmartRateLimit;

/// <summary>A backend that can decide several requests as one step.</summary>
public interface IAtomicRateLimitBackend : IRateLimitBackend
{
    /// <summary>Decides several requests together: all are admitted, or nothing is charged. Permits may be reserved as in <see cref="IRateLimitBackend.AcquireAsync"/>.</summary>
    /// <param name="requests">The requests; not valid after the first await.</param>
    /// <param name="decisions">Receives each request's own decision.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The rejection with the longest retry-after, or else the admission with the least remaining.</returns>
    ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken);

    /// <summary>Decides several requests together at once, without ever reserving a later permit.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="decisions">Receives each request's own decision.</param>
    /// <returns>The rejection with the longest retry-after, or else the admission with the least remaining.</returns>
    RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions);
}
