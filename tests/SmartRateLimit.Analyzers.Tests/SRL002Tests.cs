namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL002Tests
{
    [Theory]
    [InlineData("Key = \"{|SRL002:tenat|}\"")]
    [InlineData("Key = \"{{|SRL002:tenat|}}:{count}\"")]
    [InlineData("Key = \"tenant|{|SRL002:other|}\"")]
    [InlineData("Key = \"{tenant.{|SRL002:Lenght|}}\"")]
    [InlineData("Key = nameof(tenant), Cost = \"{|SRL002:cont|}\"")]
    [InlineData("Key = nameof(tenant), SkipIf = \"{|SRL002:IsTrusted|}\"")]
    [InlineData("Key = nameof(tenant), OnRejected = \"{|SRL002:Fallback|}\"")]
    public Task SRL002_reports_on_a_name_of_nothing(string arguments) =>
        Check.Reports(Sample.Limited("\"100/m\", " + arguments));

    [Theory]
    [InlineData("Key = nameof(tenant)")]
    [InlineData("Key = \"{tenant}:{count}\"")]
    [InlineData("Key = \"{tenant.Length}\"")]
    [InlineData("Key = \"tenant|count\"")]
    [InlineData("Key = RateLimitKey.Global")]
    [InlineData("Key = nameof(Region)")]
    [InlineData("Key = nameof(ShardOf)")]
    [InlineData("Key = nameof(Shards.Of), KeyType = typeof(Shards)")]
    public Task SRL002_is_silent_on_a_parameter_a_member_and_a_function(string arguments) =>
        Check.IsSilent(Sample.Limited("\"100/m\", " + arguments, """
            private string Region => "eu";
            private static int ShardOf(string tenant) => tenant.Length;
            public static class Shards { public static int Of(string tenant) => tenant.Length; }
            """));

    [Fact]
    public async Task SRL002_suggests_the_name_that_was_probably_meant()
    {
        var diagnostic = await Check.Single(Sample.Limited("\"100/m\", Key = \"tenat\""));

        Assert.Contains("'tenant'", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }
}
