namespace SmartRateLimit.MongoDB.Pipelines;

/// <summary>Equal requests for one bucket, next to each other.</summary>
/// <param name="Cost">Permits that each of them takes.</param>
/// <param name="Count">How many they are.</param>
/// <param name="MayReserve">Whether a permit that comes within the longest wait may be reserved.</param>
internal readonly record struct Run(long Cost, int Count, bool MayReserve);
