namespace SmartRateLimit.CodeFixes.Tests;

public sealed class RateCodeFixTests
{
    private static readonly FixCheck Fix = new(new RateCodeFixProvider());

    [Theory]
    [InlineData("\"100/mins\"", "\"100/min\"")]
    [InlineData("\"100 per fortnight\"", "\"100 per 2 weeks\"")]
    [InlineData("@\"100\\m\"", "\"100/m\"")]
    [InlineData("\"\"\"100/M\"\"\"", "\"100/m\"")]
    public Task The_nearest_rate_is_written(string typed, string written) => Fix.Makes(Limited(typed), Limited(written));

    [Fact]
    public async Task The_title_shows_the_rate() =>
        Assert.Equal(["Write \"100/min\""], await Fix.Titles(Limited("\"100/mins\"")));

    [Theory]
    [InlineData("\"often\"")]
    [InlineData("\"100\" + \"/mins\"")]
    [InlineData("null!")]
    public async Task Nothing_is_offered_where_nothing_is_sensible(string typed) => Assert.Empty(await Fix.Titles(Limited(typed)));

    [Fact]
    public Task All_rates_are_fixed_at_once() => Fix.MakesAll(
        Limited("\"100/mins\"").Replace("public partial", "[RateLimited(\"1000/HOUR\", Key = nameof(tenant))] public partial", StringComparison.Ordinal),
        Limited("\"100/min\"").Replace("public partial", "[RateLimited(\"1000/hour\", Key = nameof(tenant))] public partial", StringComparison.Ordinal));

    private static string Limited(string rate) => $$"""
        public sealed partial class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

            [RateLimited({{rate}}, Key = nameof(tenant))] // keep me
            public partial int Get(string tenant);

            private int GetCore(string tenant) => tenant.Length;
        }
        """;
}
