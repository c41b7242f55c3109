namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL003Tests
{
    [Fact]
    public Task SRL003_reports_on_a_rate_of_nothing() =>
        Check.Reports(Sample.Limited("\"{|SRL003:0/m|}\", Key = nameof(tenant)"));

    [Fact]
    public Task SRL003_is_silent_on_a_bucket_that_never_refills() =>
        Check.IsSilent(Sample.Limited("\"0/m\", Key = nameof(tenant), Burst = 5"));
}
