namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL004Tests
{
    [Fact]
    public Task SRL004_reports_on_an_attribute_without_a_key() => Check.Reports(Sample.Class("""
            [{|SRL004:RateLimited("100/m")|}]
            public partial void Import(string tenant);

            private void ImportCore(string tenant) { }
        """));

    [Fact]
    public Task SRL004_is_silent_where_one_bucket_for_all_is_meant() =>
        Check.IsSilent(Sample.Limited("\"100/m\", Key = RateLimitKey.Global"));

    [Fact]
    public async Task SRL004_calls_a_lambda_a_lambda()
    {
        var diagnostics = await Check.Diagnostics(Compiling.CSharpProject.Of("""public static class Fields { public static readonly Action Run = [RateLimited("1/s")] () => { }; }"""));

        Assert.Contains(diagnostics, diagnostic => diagnostic.GetMessage(null).StartsWith("The limit on 'lambda' has no key: ", StringComparison.Ordinal));
    }
}
