namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL001Tests
{
    [Theory]
    [InlineData("\"100 per {|SRL001:fortnight|}\"")]
    [InlineData("\"100/{|SRL001:mx|}\"")]
    [InlineData("\"{|SRL001:0100|}/m\"")]
    [InlineData("\"10/s; 100 {|SRL001:m|}\"")]
    [InlineData("@\"100{|SRL001:\\|}m\"")]
    [InlineData("\"\\u0031{|SRL001:\\u0041|}/m\"")]
    [InlineData("\"\"\"100/{|SRL001:M|}\"\"\"")]
    public Task SRL001_reports_on_the_offending_characters(string rate) =>
        Check.Reports(Sample.Limited(rate + ", Key = nameof(tenant)"));

    [Fact]
    public Task SRL001_reports_on_the_closing_quote_when_something_is_missing_at_the_end() =>
        Check.Reports(Sample.Limited("\"100/{|SRL001:\"|}, Key = nameof(tenant)"));

    [Fact]
    public Task SRL001_reports_on_the_whole_expression_when_it_is_no_literal() =>
        Check.Reports(Sample.Limited("{|SRL001:\"100\" + \"/mm\"|}, Key = nameof(tenant)"));

    [Fact]
    public Task SRL001_reports_on_null() => Check.Reports(Sample.Limited("{|SRL001:null!|}, Key = nameof(tenant)"));

    [Fact]
    public Task SRL001_reports_on_each_of_several_attributes() => Check.Reports(Sample.Class("""
            [RateLimited("10/{|SRL001:sx|}", Key = nameof(tenant))]
            [RateLimited("100/{|SRL001:mx|}", Key = nameof(tenant))]
            public partial void Import(string tenant);

            private void ImportCore(string tenant) { }
        """));

    [Theory]
    [InlineData("\"100/m\"")]
    [InlineData("\"10/s; 500/h\"")]
    [InlineData("\"10 per 3 hours, 1_000/day\"")]
    [InlineData("\"100\" + \"/m\"")]
    [InlineData("\"\"\"100/m\"\"\"")]
    public Task SRL001_is_silent_on_a_valid_rate(string rate) =>
        Check.IsSilent(Sample.Limited(rate + ", Key = nameof(tenant)"));

    [Fact]
    public async Task SRL001_says_what_was_expected()
    {
        var diagnostic = await Check.Single(Sample.Limited("\"100 per fortnight\", Key = nameof(tenant)"));

        Assert.StartsWith("The rate \"100 per fortnight\" is invalid: 'fortnight' is no unit; expected ms, s, m, h, d, w", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }
}
