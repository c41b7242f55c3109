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

    /// <summary>Ticks in one step of the backend's clock, to which times are read down and waits are rounded up. A power of ten.</summary>
    protected virtual long Granule => 1;

    protected abstract IRateLimitBackend CreateBackend(FakeTime time);

    /// <summary>The latest time of the backend's clock that is not after some ticks.</summary>
    private protected long Whole(long ticks) => ticks - (ticks % Granule);

    private protected long WholeUp(long ticks) => Whole(ticks + Granule - 1);

    private protected static RateLimitPolicy Policy(string rates, RateLimitAlgorithm algorithm, string name = "policy") =>
        RateLimitPolicy.Parse(name, rates) with { Algorithm = algorithm };

    private protected void Admit(RateLimitPolicy policy, long cost = 1, string key = "key") =>
        Assert.True(Limiter.Acquire(policy, key, cost).IsAllowed);

    private protected RateLimitDecision Reject(RateLimitPolicy policy, long cost = 1, string key = "key")
    {
        var decision = Limiter.Acquire(policy, key, cost);
        Assert.False(decision.IsAllowed);
        return decision;
    }

    private async Task<long> RemainingAsync(RateLimitPolicy policy, string key = "key") =>
        (await Limiter.PeekAsync(policy, key)).Remaining;
}
