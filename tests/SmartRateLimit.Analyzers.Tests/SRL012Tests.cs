namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL012Tests
{
    [Fact]
    public Task SRL012_reports_on_a_method_in_a_type_that_is_not_partial() => Check.Reports("""
        public class Quotes(IRateLimiter limiter)
        {
            public IRateLimiter Limiter { get; } = limiter;

            [RateLimited("100/m", Key = nameof(tenant))]
            public partial void {|SRL012:Import|}(string tenant);

            private void ImportCore(string tenant) { }
        }
        """);

    [Fact]
    public Task SRL012_reports_each_type_around_the_method() => Check.Reports("""
        public static class Outer
        {
            public record struct Middle
            {
                public static partial class Inner
                {
                    [RateLimited("100/m", Key = nameof(tenant))]
                    public static partial void {|SRL012:{|SRL012:Import|}|}(string tenant, IRateLimiter limiter);

                    private static void ImportCore(string tenant, IRateLimiter limiter) { }
                }
            }
        }
        """);

    [Fact]
    public Task SRL012_is_silent_when_every_type_is_partial() =>
        Check.IsSilent(Sample.Limited("\"100/m\", Key = nameof(tenant)"));
}
