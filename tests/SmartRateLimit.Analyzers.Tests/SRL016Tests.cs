using SmartRateLimit.Compiling;

namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL016Tests
{
    private const string Backend = """
        namespace SmartRateLimit;

        public sealed class RemoteStore : IRateLimitBackend
        {
            public string Name => "";
            public bool Supports(RateLimitPolicy policy, out string? reason) { reason = null; return true; }
            public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => default;
            public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) => default;
            public ValueTask RefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) => default;
            public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => default;
            public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => default;
            public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => default;
        }
        """;

    [Theory]
    [InlineData("services.AddSmartRateLimit(o => o.UseRedis(\"x\"))")]
    [InlineData("services.AddSmartRateLimit(o => o.UseMulti(m => m.AddRedis(\"x\").AddMemory()))")]
    [InlineData("services.AddSmartRateLimit(o => o.AddBackend(\"own\", new RemoteStore()))")]
    public Task SRL016_reports_on_synchronous_methods_where_a_remote_backend_is_set_up(string setUp) => Check.Reports(Project(setUp), """
        public static partial class Prices
        {
            [RateLimited("1/s", Key = "*")]
            public static partial int {|SRL016:Get|}(IRateLimiter limiter);

            private static int GetCore(IRateLimiter limiter) => 1;

            [RateLimited("1/s", Key = "*")]
            public static partial ValueTask<int> GetAsync(IRateLimiter limiter);

            private static ValueTask<int> GetAsyncCore(IRateLimiter limiter) => new(1);
        }

        public interface IPrices
        {
            [RateLimited("1/s", Key = "*")]
            void {|SRL016:Tell|}();

            int Unlimited();
        }

        [RateLimited("1/s", Key = "*")]
        public interface IQuotes
        {
            int {|SRL016:Get|}();

            Task<int> GetAsync();
        }
        """);

    [Theory]
    [InlineData("services.AddSmartRateLimit()")]
    [InlineData("services.AddSmartRateLimit(o => o.UseMemory())")]
    [InlineData("services.AddSmartRateLimit(o => o.UseMulti(m => m.AddMemory()))")]
    [InlineData("services.AddSmartRateLimit(o => o.AddBackend(\"own\", new MemoryBackend()))")]
    public Task SRL016_is_silent_where_all_backends_are_in_memory(string setUp) => Check.Reports(Project(setUp), """
        public static partial class Prices
        {
            [RateLimited("1/s", Key = "*")]
            public static partial int Get(IRateLimiter limiter);

            private static int GetCore(IRateLimiter limiter) => 1;
        }
        """);

    private static CSharpProject Project(string setUp)
    {
        var driver = CSharpProject.Of(DocumentationTests.RedisPackage, Backend) with { Name = "SmartRateLimit.Redis" };
        return CSharpProject.Of() with
        {
            Files = [new SourceFile("Setup.cs", "using Microsoft.Extensions.DependencyInjection; public static class Setup { public static void Run(IServiceCollection services) => " + setUp + "; }")],
            Assemblies = References.SmartRateLimit.Add(driver.Compile().ToMetadataReference()),
        };
    }
}
