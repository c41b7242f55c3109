namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL005Tests
{
    [Theory]
    [InlineData("\"{|SRL005:http:ip|}\"")]
    [InlineData("\"{tenant}:{{|SRL005:header:X-Api-Key|}}\"")]
    [InlineData("{|SRL005:HttpKey.Ip|}")]
    public Task SRL005_reports_on_a_source_without_a_request(string key) =>
        Check.Reports(Sample.Limited("\"100/m\", Key = " + key));
}
