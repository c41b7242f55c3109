namespace SmartRateLimit;

/// <summary>One or more equal requests for one bucket, next to each other in the order of arrival.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Key">The bucket's key; valid until the call that was given the request has completed.</param>
/// <param name="Cost">Permits that each of them takes, at least 0.</param>
/// <param name="Count">
/// How many requests these are, at least 1. They are decided one after the other at one instant, so a store may work out
/// at once how many of them fit.
/// </param>
/// <param name="MayReserve">Whether a permit that comes within <see cref="RateLimitPolicy.MaxWait"/> may be reserved.</param>
public readonly record struct StoreRequest(RateLimitPolicy Policy, ReadOnlyMemory<char> Key, long Cost, int Count = 1, bool MayReserve = false);
