namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL007Tests
{
    [Theory]
    [InlineData("Algorithm = RateLimitAlgorithm.FixedWindow, Burst = {|SRL007:5|}")]
    [InlineData("Burst = {|SRL007:-5|}")]
    [InlineData("Algorithm = RateLimitAlgorithm.SlidingWindow, MaxWait = {|SRL007:\"1s\"|}")]
    public Task SRL007_reports_on_a_setting_that_does_nothing(string arguments) =>
        Check.Reports(Sample.Limited("\"100/m\", Key = nameof(tenant), " + arguments));

    [Theory]
    [InlineData("MaxWait = {|SRL007:\"1s\"|}")]
    [InlineData("Algorithm = {|SRL007:RateLimitAlgorithm.LeakyBucket|}")]
    public Task SRL007_reports_on_waiting_in_a_synchronous_method(string arguments) => Check.Reports(Sample.Class($$"""
            [RateLimited("100/m", Key = nameof(tenant), {{arguments}})]
            public partial void Import(string tenant);

            private void ImportCore(string tenant) { }
        """));

    [Theory]
    [InlineData("Burst = 5")]
    [InlineData("Burst = 5, InitialPermits = 2")]
    [InlineData("MaxWait = \"1s\"")]
    [InlineData("Algorithm = RateLimitAlgorithm.LeakyBucket, MaxWait = \"1s\"")]
    [InlineData("Algorithm = RateLimitAlgorithm.FixedWindow, AlignToClock = false")]
    public Task SRL007_is_silent_on_settings_that_fit(string arguments) =>
        Check.IsSilent(Sample.Limited("\"100/m\", Key = nameof(tenant), " + arguments));
}
