namespace SmartRateLimit.Compiling;

/// <summary>A project of the size that a company's service has: 1 000 limited methods in 200 files, and a file without any.</summary>
public static class LargeProject
{
    public const int Files = 200;

    public const int MethodsPerFile = 5;

    /// <summary>The file that has nothing to do with limits.</summary>
    public const string Unrelated = "Unrelated.cs";

    /// <summary>With every method annotated.</summary>
    public static CSharpProject Limited { get; } = Of(Service);

    /// <summary>The same methods as somebody writes them who limits nothing.</summary>
    public static CSharpProject Plain { get; } = Of(PlainService);

    /// <summary>The same limits as somebody writes them who calls the limiter in each method.</summary>
    public static CSharpProject ByHand { get; } = Of(ServiceByHand);

    /// <summary>The name of one of the files with methods.</summary>
    public static string File(int index) => $"Service{index}.cs";

    private static CSharpProject Of(Func<int, string> service) => new()
    {
        Files =
        [
            .. Enumerable.Range(0, Files).Select(index => new SourceFile(File(index), service(index))),
            new SourceFile(Unrelated, "namespace Acme; public static class Unrelated { public static int Number => 1; }"),
        ],
    };

    private static string Service(int index) => $$"""
        namespace Acme.Area{{index % 20}};

        public sealed partial class Service{{index}}(IRateLimiter limiter)
        {
            [RateLimited("100/m", Key = nameof(tenant))]
            public partial int Count(string tenant);

            private int CountCore(string tenant) => tenant.Length;

            [RateLimited("10/s; 500/h", Key = "{tenant}:{id}", Burst = 20)]
            public partial Task<string> GetAsync(string tenant, int id, CancellationToken cancellation);

            private Task<string> GetAsyncCore(string tenant, int id, CancellationToken cancellation) => Task.FromResult(tenant + id);

            [RateLimited("50/m", Key = nameof(KeyOf), Cost = nameof(size))]
            public partial ValueTask<int> PutAsync(string tenant, int size);

            private ValueTask<int> PutAsyncCore(string tenant, int size) => new(size);

            [RateLimited("5/m", Key = "{tenant.Length}", Algorithm = RateLimitAlgorithm.FixedWindow)]
            public partial void Remove(string tenant);

            private void RemoveCore(string tenant) => _ = tenant;

            [RateLimited("1000/s", Key = RateLimitKey.Global, OnRejected = nameof(None))]
            public partial int Total(int most);

            private int TotalCore(int most) => most;

            private static string KeyOf(string tenant) => tenant;

            private static int None(int most) => 0;
        }
        """;

    private static string ServiceByHand(int index) => $$"""
        namespace Acme.Area{{index % 20}};

        public sealed class Service{{index}}(IRateLimiter limiter)
        {
            private static readonly RateLimitPolicy CountPolicy = RateLimitPolicy.Parse("Service{{index}}.Count", "100/m");
            private static readonly RateLimitPolicy GetPolicy = RateLimitPolicy.Parse("Service{{index}}.Get", "10/s; 500/h") with { Burst = 20 };
            private static readonly RateLimitPolicy PutPolicy = RateLimitPolicy.Parse("Service{{index}}.Put", "50/m");
            private static readonly RateLimitPolicy RemovePolicy = RateLimitPolicy.Parse("Service{{index}}.Remove", "5/m") with { Algorithm = RateLimitAlgorithm.FixedWindow };
            private static readonly RateLimitPolicy TotalPolicy = RateLimitPolicy.Parse("Service{{index}}.Total", "1000/s");

            public int Count(string tenant)
            {
                ThrowIfRejected(limiter.Acquire(CountPolicy, tenant));
                return tenant.Length;
            }

            public async Task<string> GetAsync(string tenant, int id, CancellationToken cancellation)
            {
                ThrowIfRejected(await limiter.AcquireAsync(GetPolicy, $"{tenant}:{id}", 1, cancellation));
                return await Task.FromResult(tenant + id);
            }

            public async ValueTask<int> PutAsync(string tenant, int size)
            {
                ThrowIfRejected(await limiter.AcquireAsync(PutPolicy, KeyOf(tenant), size));
                return size;
            }

            public void Remove(string tenant)
            {
                ThrowIfRejected(limiter.Acquire(RemovePolicy, $"{tenant.Length}"));
                _ = tenant;
            }

            public int Total(int most) => limiter.Acquire(TotalPolicy, "*").IsAllowed ? most : None(most);

            private static string KeyOf(string tenant) => tenant;

            private static int None(int most) => 0;

            private static void ThrowIfRejected(RateLimitDecision decision)
            {
                if (!decision.IsAllowed)
                {
                    throw new RateLimitExceededException(decision);
                }
            }
        }
        """;

    private static string PlainService(int index) => $$"""
        namespace Acme.Area{{index % 20}};

        public sealed partial class Service{{index}}
        {
            public int Count(string tenant) => tenant.Length;

            public Task<string> GetAsync(string tenant, int id, CancellationToken cancellation) => Task.FromResult(tenant + id);

            public ValueTask<int> PutAsync(string tenant, int size) => new(size);

            public void Remove(string tenant) => _ = tenant;

            public int Total(int most) => most;
        }
        """;
}
