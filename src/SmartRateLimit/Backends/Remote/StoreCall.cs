namespace SmartRateLimit.Backends.Remote;

/// <summary>A call that blocks until the store has replied.</summary>
internal delegate void StoreCall(IRateLimitStore store, ReadOnlySpan<StoreRequest> requests, Span<RateLimitDecision> decisions);
