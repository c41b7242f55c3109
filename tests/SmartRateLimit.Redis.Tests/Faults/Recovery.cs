using SmartRateLimit.Servers.Processes;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>Waits until the store itself decides, with keys of its own so that what a test counts is counted nowhere else.</summary>
internal static class Recovery
{
    /// <summary>Ten times what is promised where the driver's own cycle of reconnecting decides.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static Task<TimeSpan> DecidesAsync(IRateLimitBackend backend, RateLimitPolicy policy) => Eventually.HoldsAsync(
        async () => !(await backend.AcquireAsync(policy, Guid.NewGuid().ToString(), 1, CancellationToken.None)).IsDegraded,
        Longest,
        "the store decides");

    /// <summary>Waits for the nodes that hold certain keys. Asking with cost 0 spends nothing.</summary>
    public static Task<TimeSpan> DecidesAsync(IRateLimitBackend backend, RateLimitPolicy policy, IReadOnlyCollection<string> keys) => Eventually.HoldsAsync(
        async () => (await Task.WhenAll(keys.Select(key => backend.AcquireAsync(policy, key, 0, CancellationToken.None).AsTask()))).All(decision => !decision.IsDegraded),
        Longest,
        "every node of the store decides");
}
