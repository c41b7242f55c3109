namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL017Tests
{
    [Theory]
    [InlineData("route:id", "int id")]
    [InlineData("route:ID", "long? id")]
    [InlineData("query:id", "Guid id")]
    [InlineData("query:day", "DayOfWeek day")]
    [InlineData("query:q", "[Microsoft.AspNetCore.Mvc.FromQuery(Name = \"q\")] decimal amount")]
    public Task SRL017_reports_on_raw_text_that_the_handler_reads_as_a_value(string source, string parameter) => Check.ReportsWithAspNetCore(Controller(
        "{http:ip}:{{|SRL017:" + source + "|}}", parameter));

    [Theory]
    [InlineData("route:id", "string id")]
    [InlineData("route:id", "int other")]
    [InlineData("header:id", "int id")]
    [InlineData("route:id", "[Microsoft.AspNetCore.Mvc.FromHeader] int id")]
    [InlineData("query:q", "[Microsoft.AspNetCore.Mvc.FromQuery(Name = \"other\")] int q")]
    public Task SRL017_is_silent_on_text_and_on_other_values(string source, string parameter) => Check.IsSilentWithAspNetCore(Controller(
        "{http:ip}:{" + source + "}", parameter));

    [Fact]
    public Task SRL017_reports_on_lambdas_and_partial_handlers() => Check.ReportsWithWebPackage("""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        public static partial class Routes
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/{id}", [RateLimited("5/m", Key = "{|SRL017:route:id|}")] (int id) => id);
                app.MapGet("/orders/{id}", Order);
            }

            [RateLimited("5/m", Key = "{|SRL017:route:id|}")]
            public static partial IResult Order(int id, HttpContext http, IRateLimiter limiter);

            private static IResult OrderCore(int id, HttpContext http, IRateLimiter limiter) => Results.Ok();
        }
        """);

    private static string Controller(string key, string parameter) => $$"""
        public class OrderController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("5/m", Key = "{{key}}")]
            public string Get({{parameter}}) => "";
        }
        """;
}
