namespace SmartRateLimit.Contract;

/// <summary>
/// What every backend must do, as facts. An heir says how to create its backend; a clock is given so that no fact waits.
/// </summary>
public abstract partial class BackendContract
{
    private IRateLimitBackend? _backend;
    private SmartRateLimiter? _limiter;

    protected FakeTime Time { get; } = new();

    protected IRateLimitBackend Backend => _backend ??= CreateBackend(Time);

    protected SmartRateLimiter Limiter => _limiter ??= new SmartRateLimiter(Backend, Time);

    /// <summary>Every algorithm that a policy may name.</summary>
    public static TheoryData<RateLimitAlgorithm> Algorithms => [.. Enum.GetValues<RateLimitAlgorithm>()];

    protected abstract IRateLimitBackend CreateBackend(FakeTime time);

    private static RateLimitPolicy Policy(string rates, RateLimitAlgorithm algorithm, string name = "policy") =>
        RateLimitPolicy.Parse(name, rates) with { Algorithm = algorithm };

    private void Admit(RateLimitPolicy policy, long cost = 1, string key = "key") =>
        Assert.True(Limiter.Acquire(policy, key, cost).IsAllowed);

    private RateLimitDecision Reject(RateLimitPolicy policy, long cost = 1, string key = "key")
    {
        var decision = Limiter.Acquire(policy, key, cost);
        Assert.False(decision.IsAllowed);
        return decision;
    }

    private async Task<long> RemainingAsync(RateLimitPolicy policy, string key = "key") =>
        (await Limiter.PeekAsync(policy, key)).Remaining;
}
