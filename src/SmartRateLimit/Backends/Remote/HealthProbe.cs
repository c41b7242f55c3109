namespace SmartRateLimit.Backends.Remote;

/// <summary>A real decision of the store, which writes as any other does: a store that only answers, or only reads, is not healthy.</summary>
internal sealed class HealthProbe(GuardedStore guard, BackendClock clock)
{
    private readonly Lazy<StoreRequest[]> _request = new(() => [new StoreRequest(PolicyFor(guard.Store), RateLimitKey.Global.AsMemory(), 1)]);

    public async ValueTask<BackendHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var start = clock.Monotonic;
        var decisions = new RateLimitDecision[1];
        var failure = await guard.CallAsync(token => guard.Store.AcquireAsync(_request.Value, decisions, token))
            .AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        await DriverThread.LeaveAsync();
        return new BackendHealth(failure is null, TimeSpan.FromTicks(clock.Monotonic - start), failure?.Message);
    }

    private static RateLimitPolicy PolicyFor(IRateLimitStore store)
    {
        var policy = RateLimitPolicy.Parse("SmartRateLimit.HealthCheck", "1000/s");
        return Enum.GetValues<RateLimitAlgorithm>()
            .Select(algorithm => policy with { Algorithm = algorithm })
            .FirstOrDefault(candidate => store.Supports(candidate, out _), policy);
    }
}
