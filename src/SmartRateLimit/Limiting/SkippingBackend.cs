using SmartRateLimit.Backends;

namespace SmartRateLimit.Limiting;

/// <summary>Admits everything without counting it: what decides while limiting is switched off.</summary>
internal sealed class SkippingBackend : IAtomicRateLimitBackend
{
    public static readonly SkippingBackend Instance = new();

    public string Name => "off";

    public bool Supports(RateLimitPolicy policy, out string? reason)
    {
        reason = null;
        return true;
    }

    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => Skip(policy);

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        new(Skip(policy));

    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        var own = decisions.Span[..requests.Length];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = Skip(requests[i].Policy);
        }

        return CombinedDecision.Of(own);
    }

    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        new(AcquireAll(requests, decisions));

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        new(Skip(policy));

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => new(new BackendHealth(IsHealthy: true, TimeSpan.Zero));

    private static RateLimitDecision Skip(RateLimitPolicy policy) =>
        new(policy.Program.Cases.Get(0, -1, RateLimitReason.Skipped, isDegraded: false), policy.Program.Rules[0].Capacity, wait: 0, reset: 0);
}
