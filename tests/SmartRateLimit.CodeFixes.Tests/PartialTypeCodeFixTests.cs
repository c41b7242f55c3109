namespace SmartRateLimit.CodeFixes.Tests;

public sealed class PartialTypeCodeFixTests
{
    private static readonly FixCheck Fix = new(new PartialTypeCodeFixProvider());

    private const string Before = """
        public static class Outer
        {
            public class Inner
            {
                [RateLimited("1/s", Key = nameof(tenant))]
                public static partial int Get(string tenant, IRateLimiter limiter);

                private static int GetCore(string tenant, IRateLimiter limiter) => 0;

                [RateLimited("1/s", Key = nameof(tenant))]
                public static partial int Find(string tenant, IRateLimiter limiter);

                private static int FindCore(string tenant, IRateLimiter limiter) => 0;
            }
        }
        """;

    private static readonly string After = Before.Replace("class", "partial class", StringComparison.Ordinal);

    [Fact]
    public Task Every_type_around_the_method_becomes_partial() => Fix.Makes(Before, After);

    [Fact]
    public Task All_methods_make_their_type_partial_only_once() => Fix.MakesAll(Before, After);
}
