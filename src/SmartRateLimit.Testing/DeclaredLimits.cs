using System.Runtime.CompilerServices;

namespace SmartRateLimit.Testing;

/// <summary>The limits as they are declared, decided by a limiter.</summary>
/// <param name="limiter">The limiter.</param>
/// <param name="knowsBackends">Whether it knows the backends that policies name; otherwise it decides for all of them.</param>
internal sealed class DeclaredLimits(IRateLimiter limiter, bool knowsBackends)
{
    private readonly ConditionalWeakTable<RateLimitPolicy, RateLimitPolicy> _policies = [];

    /// <summary>All limits in memory, on a clock.</summary>
    public static DeclaredLimits On(TimeProvider clock) =>
        new(new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { TimeProvider = clock }), clock), knowsBackends: false);

    public IRateLimiter Limiter => limiter;

    public RateLimitPolicy Policy(RateLimitPolicy policy) =>
        knowsBackends || policy.Backend is null ? policy : _policies.GetValue(policy, static named => named with { Backend = null });

    public RateLimitRequest Request(in RateLimitRequest request) => request with { Policy = Policy(request.Policy) };
}
