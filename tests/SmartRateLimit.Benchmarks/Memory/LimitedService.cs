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

    [RateLimited("1/365d", Key = nameof(tenant), OnRejected = nameof(Refused))]
    public partial int GetRarely(string tenant);

    private static int GetRarelyCore(string tenant) => tenant.Length;

    private static int Refused(string tenant) => -tenant.Length;

    [RateLimited("1_000_000_000/s", Key = nameof(tenant))]
    public partial ValueTask<int> GetAsync(string tenant);

    private static ValueTask<int> GetAsyncCore(string tenant) => new(tenant.Length);
}
