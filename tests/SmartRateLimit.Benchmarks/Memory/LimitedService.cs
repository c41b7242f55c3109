namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>Methods as a user writes them; the generator wrote the rest.</summary>
internal sealed partial class LimitedService(IRateLimiter limiter)
{
    [RateLimited("1_000_000_000/s", Key = nameof(tenant))]
    public partial int Get(string tenant);

    private static int GetCore(string tenant) => tenant.Length;

    [RateLimited("1_000_000_000/s", Key = "{tenant}:{id}")]
    public partial int GetPart(string tenant, int id);

    private static int GetPartCore(string tenant, int id) => tenant.Length + id;

    [RateLimited("1_000_000_000/s; 60_000_000_000/m; 3_600_000_000_000/h", Key = nameof(tenant))]
    public partial int GetThrice(string tenant);

    private static int GetThriceCore(string tenant) => tenant.Length;

    [RateLimited("2_000_000_000/s", Key = RateLimitKey.Global)]
    [RateLimited("1_000_000_000/s", Key = nameof(tenant))]
    public partial int GetBoth(string tenant);

    private static int GetBothCore(string tenant) => tenant.Length;

    [RateLimited("1_000/s", Key = nameof(tenant), OnRejected = nameof(Refused), Algorithm = RateLimitAlgorithm.SlidingWindow)]
    public partial int GetLogged(string tenant);

    private static int GetLoggedCore(string tenant) => tenant.Length;

    [RateLimited("30_000/s", Key = nameof(tenant), OnRejected = nameof(Refused), Algorithm = RateLimitAlgorithm.SlidingWindowCounter)]
    public partial int GetCounted(string tenant);

    private static int GetCountedCore(string tenant) => tenant.Length;

    [RateLimited("1/365d", Key = nameof(tenant), OnRejected = nameof(Refused))]
    public partial int GetRarely(string tenant);

    private static int GetRarelyCore(string tenant) => tenant.Length;

    private static int Refused(string tenant) => -tenant.Length;

    [RateLimited("1_000_000_000/s", Key = nameof(tenant))]
    public partial ValueTask<int> GetAsync(string tenant);

    private static ValueTask<int> GetAsyncCore(string tenant) => new(tenant.Length);
}
