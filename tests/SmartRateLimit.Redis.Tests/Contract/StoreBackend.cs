using System.Diagnostics;
using SmartRateLimit.Backends;

namespace SmartRateLimit.Redis.Tests.Contract;

/// <summary>Asks a store directly, a call for each request: what the store says, without what a remote backend adds.</summary>
internal sealed class StoreBackend(IRateLimitStore store) : IAtomicRateLimitBackend, IDisposable
{
    private static readonly RateLimitPolicy HealthCheck = RateLimitPolicy.Parse("health", "1/s");

    public string Name => "store";

    public bool Supports(RateLimitPolicy policy, out string? reason) => store.Supports(policy, out reason);

    public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        var decisions = new RateLimitDecision[1];
        store.Acquire([new StoreRequest(policy, key.ToArray(), cost)], decisions);
        return decisions[0];
    }

    public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        AcquireAsync(new StoreRequest(policy, key.ToArray(), cost, MayReserve: true), cancellationToken);

    public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
        store.RefundAsync(policy, key.ToArray(), cost, cancellationToken);

    public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        store.PeekAsync(policy, key.ToArray(), cancellationToken);

    public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        store.ResetAsync(policy, key.ToArray(), cancellationToken);

    public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
        AcquireAllAsync(Requests(requests, mayReserve: true), decisions, cancellationToken);

    public RateLimitDecision AcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        store.AcquireAll(Requests(requests, mayReserve: false), decisions.Span);
        return CombinedDecision.Of(decisions.Span[..requests.Length]);
    }

    public async ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await AcquireAsync(HealthCheck, RateLimitKey.Global, 0, cancellationToken);
        return new BackendHealth(IsHealthy: true, Stopwatch.GetElapsedTime(started));
    }

    public void Dispose() => (store as IDisposable)?.Dispose();

    private static StoreRequest[] Requests(ReadOnlySpan<RateLimitRequest> requests, bool mayReserve)
    {
        var asked = new StoreRequest[requests.Length];
        for (var i = 0; i < asked.Length; i++)
        {
            asked[i] = new StoreRequest(requests[i].Policy, requests[i].Key, requests[i].Cost, MayReserve: mayReserve);
        }

        return asked;
    }

    private async ValueTask<RateLimitDecision> AcquireAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        var decisions = new RateLimitDecision[1];
        await store.AcquireAsync(new[] { request }, decisions, cancellationToken);
        return decisions[0];
    }

    private async ValueTask<RateLimitDecision> AcquireAllAsync(StoreRequest[] requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        await store.AcquireAllAsync(requests, decisions, cancellationToken);
        return CombinedDecision.Of(decisions.Span[..requests.Length]);
    }
}
