namespace SmartRateLimit.Testing.Tests;

/// <summary>What the tests limit.</summary>
internal sealed partial class Quotes(IRateLimiter limiter)
{
    [RateLimited("2/m", Key = nameof(tenant), Name = "quotes")]
    public partial int Get(string tenant);

    [RateLimited("1/m", Key = nameof(tenant), Name = "patient", MaxWait = "2m")]
    public partial Task<int> GetPatientlyAsync(string tenant);

    [RateLimited("1/m", Key = nameof(tenant), Name = "watched", Shadow = true)]
    public partial int Watch(string tenant);

    [RateLimited("1/m", Key = nameof(tenant), Name = "stored", Backend = "redis")]
    public partial int Store(string tenant);

    [RateLimited("3/m", Key = nameof(tenant), Name = "each", Cost = nameof(count))]
    [RateLimited("4/m", Key = RateLimitKey.Global, Name = "all", Cost = nameof(count))]
    public partial Task<int> BatchAsync(string tenant, int count);

    private static int GetCore(string tenant) => tenant.Length;

    private static Task<int> GetPatientlyAsyncCore(string tenant) => Task.FromResult(tenant.Length);

    private static int WatchCore(string tenant) => tenant.Length;

    private static int StoreCore(string tenant) => tenant.Length;

    private static Task<int> BatchAsyncCore(string tenant, int count) => Task.FromResult(tenant.Length * count);
}

/// <summary>A method that finds no limiter but the shared one.</summary>
internal static partial class Clerk
{
    [RateLimited("1/m", Key = nameof(name), Name = "clerk")]
    public static partial int Greet(string name);

    private static int GreetCore(string name) => name.Length;
}
