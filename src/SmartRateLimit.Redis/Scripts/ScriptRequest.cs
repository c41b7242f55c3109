namespace SmartRateLimit.Redis.Scripts;

/// <summary>What one or more equal callers want of a bucket.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Bucket">The bucket's name in the store.</param>
/// <param name="Operation">What is to be done.</param>
/// <param name="Cost">Permits for each.</param>
/// <param name="Callers">How many they are.</param>
internal readonly record struct ScriptRequest(RateLimitPolicy Policy, string Bucket, Operation Operation, long Cost, int Callers = 1)
{
    /// <summary>Costs above it fit no limit that the store accepts, and doubles are whole up to it.</summary>
    private const long MostCost = (1L << 53) - 1;

    public long CountableCost => Math.Min(Cost, MostCost);
}
