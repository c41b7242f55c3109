namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL005Tests
{
    [Theory]
    [InlineData("\"{|SRL005:http:ip|}\"")]
    [InlineData("\"{tenant}:{{|SRL005:header:X-Api-Key|}}\"")]
    [InlineData("{|SRL005:HttpKey.Ip|}")]
    public Task SRL005_reports_on_a_source_without_a_request(string key) =>
        Check.Reports(Sample.Limited("\"100/m\", Key = " + key));

    [Fact]
    public Task SRL005_is_silent_where_a_parameter_a_property_or_the_middleware_has_the_request() => Check.ReportsWithWebPackage("""
        using Microsoft.AspNetCore.Http;

        public partial class QuoteController(IRateLimiter limiter) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("100/m", Key = HttpKey.Ip)]
            public string All() => "";

            [RateLimited("100/m", Key = "{tenant}:{header:X-Api-Key}")]
            public partial string Get(string tenant);

            private string GetCore(string tenant) => tenant;
        }

        public static partial class Quotes
        {
            [RateLimited("100/m", Key = HttpKey.Ip)]
            public static partial string Get(HttpContext http, IRateLimiter limiter);

            private static string GetCore(HttpContext http, IRateLimiter limiter) => "";
        }
        """);
}
