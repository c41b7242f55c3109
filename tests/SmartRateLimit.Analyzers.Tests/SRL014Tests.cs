using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL014Tests
{
    [Fact]
    public Task SRL014_reports_where_no_limiter_is_in_reach() => Check.Reports("""
        public static partial class Quotes
        {
            [RateLimited("100/m", Key = nameof(tenant))]
            public static partial int {|SRL014:Get|}(string tenant);

            private static int GetCore(string tenant) => 0;
        }
        """);

    [Fact]
    public async Task SRL014_is_only_a_hint()
    {
        var diagnostic = await Check.Single("""
            public static partial class Quotes
            {
                [RateLimited("100/m", Key = nameof(tenant))]
                public static partial int Get(string tenant);

                private static int GetCore(string tenant) => 0;
            }
            """);

        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
    }

    [Theory]
    [InlineData("private readonly IRateLimiter _limiter = null!;")]
    [InlineData("private IRateLimiter Limiter => null!;")]
    [InlineData("private static readonly SmartRateLimiter Limiter = null!;")]
    public Task SRL014_is_silent_where_a_member_is_a_limiter(string member) => Check.IsSilent($$"""
        public partial class Quotes
        {
            {{member}}

            [RateLimited("100/m", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(string tenant) => 0;
        }
        """);
}
