namespace SmartRateLimit.CodeFixes.Tests;

public sealed class NameCodeFixTests
{
    private static readonly FixCheck Fix = new(new NameCodeFixProvider());

    [Theory]
    [InlineData("\"tenat\"", "\"tenant\"")]
    [InlineData("\"{tenat}:{count}\"", "\"{tenant}:{count}\"")]
    public Task The_suggested_name_is_taken(string typed, string written) => Fix.Makes(Limited(typed), Limited(written));

    [Fact]
    public async Task Only_a_function_is_offered_where_no_name_is_similar() => Assert.Equal(["Create 'weather'"], await Fix.Titles(Limited("\"weather\"")));

    [Fact]
    public Task All_names_are_fixed_at_once() => Fix.MakesAll(Limited("\"{tenat}:{cout}\""), Limited("\"{tenant}:{count}\""));

    private static string Limited(string key) => $$"""
        public sealed partial class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

            [RateLimited("100/m", Key = {{key}})]
            public partial int Get(string tenant, int count);

            private int GetCore(string tenant, int count) => tenant.Length + count;
        }
        """;
}
