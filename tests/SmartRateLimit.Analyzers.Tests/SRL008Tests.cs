namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL008Tests
{
    [Fact]
    public Task SRL008_reports_on_the_second_of_two_attributes_that_disagree() => Check.Reports(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant), Name = "x")]
            [{|SRL008:RateLimited("200/m", Key = nameof(tenant), Name = "x")|}]
            public partial void Import(string tenant);

            private void ImportCore(string tenant) { }
        """));

    [Fact]
    public Task SRL008_is_silent_on_two_names_and_on_two_that_agree() => Check.IsSilent(Sample.Class("""
            [RateLimited("100/m", Key = nameof(tenant), Name = "x")]
            [RateLimited("200/m", Key = nameof(tenant), Name = "y")]
            [RateLimited("100/m", Key = nameof(other), Name = "x")]
            public partial void Import(string tenant, string other);

            private void ImportCore(string tenant, string other) { }
        """));
}
