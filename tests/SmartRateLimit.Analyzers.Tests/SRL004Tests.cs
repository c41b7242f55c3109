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
}
