namespace SmartRateLimit.Contract;

/// <summary>
/// What every backend must do, as facts. An heir says how to create its backend; a clock is given so that no fact waits.
/// </summary>
public abstract partial class BackendContract
{
    private readonly Lazy<IRateLimitBackend> _backend;
    private readonly Lazy<SmartRateLimiter> _limiter;

    protected BackendContract()
    {
        _backend = new(() => CreateBackend(Time));
        _limiter = new(() => new SmartRateLimiter(Backend, Time));
    }

    protected FakeTime Time { get; } = new();

    protected IRateLimitBackend Backend => _backend.Value;

    protected SmartRateLimiter Limiter => _limiter.Value;

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
