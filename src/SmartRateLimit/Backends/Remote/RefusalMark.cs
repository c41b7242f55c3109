namespace SmartRateLimit.Backends.Remote;

/// <summary>What was so when a request came in: only with it can its reply be remembered rightly.</summary>
/// <param name="Hash">The bucket's hash.</param>
/// <param name="Version">How often buckets near this one had been forgotten.</param>
/// <param name="Time">The moment, in ticks of the local monotonic clock.</param>
internal readonly record struct RefusalMark(int Hash, int Version, long Time);
