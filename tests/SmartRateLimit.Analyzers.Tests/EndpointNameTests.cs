namespace SmartRateLimit.Analyzers.Tests;

/// <summary>What an endpoint names is checked like what a partial method names.</summary>
public sealed class EndpointNameTests
{
    [Fact]
    public Task SRL002_and_SRL006_report_on_a_controller_as_a_whole() => Check.ReportsWithAspNetCore("""
        using Microsoft.AspNetCore.Http;

        [RateLimited("5/m", Key = "{|SRL002:Tenat|}")]
        [RateLimited("5/h", Key = "{|SRL006:Secret|}")]
        [RateLimited("5/d", Key = nameof(Tenant), Cost = {|SRL006:nameof(Tenant)|})]
        public class LoginController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            internal static string? Tenant(HttpContext http) => http.Request.Host.Host;

            private static string? Secret(HttpContext http) => null;
        }
        """);

    [Fact]
    public Task SRL006_reports_on_functions_that_generated_code_cannot_reach() => Check.ReportsWithAspNetCore("""
        using Microsoft.AspNetCore.Http;

        public class Crud<T> : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("5/m", Key = "{|SRL006:Tenant|}")]
            public string Get() => "";

            public static string? Tenant(HttpContext http) => null;
        }

        file static class Keys
        {
            public static string Tenant() => "";
        }

        public class LoginController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("5/m", Key = "{|SRL006:Tenant|}", KeyType = typeof(Keys))]
            public string Get() => "";
        }
        """);

    [Fact]
    public Task SRL006_is_silent_on_a_fallback_of_an_endpoint_whatever_it_returns() => Check.IsSilentWithAspNetCore("""
        using Microsoft.AspNetCore.Http;

        public class LoginController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("5/m", Key = HttpKey.Ip, OnRejected = nameof(Sorry))]
            public int Get() => 1;

            internal static Task<IResult> Sorry(RateLimitDecision decision, HttpContext http) => Task.FromResult(Results.StatusCode(418));
        }
        """);

    [Fact]
    public Task SRL005_is_silent_on_a_partial_handler_with_a_request_in_reach() => Check.ReportsWithWebPackage("""
        using Microsoft.AspNetCore.Http;

        public static partial class Orders
        {
            [RateLimited("20/m", Key = "{tenant}:{http:ip}")]
            public static partial Task<IResult> Place(string tenant, HttpContext http, IRateLimiter limiter);

            private static Task<IResult> PlaceCore(string tenant, HttpContext http, IRateLimiter limiter) => Task.FromResult(Results.Ok());
        }

        public partial class OrderController(IRateLimiter limiter) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("20/m", Key = "http:user|http:ip")]
            public partial string Get();

            private string GetCore() => "";

            [RateLimited("20/m", Key = "{|SRL005:http:ip|}")]
            public static partial string Static(IRateLimiter limiter);

            private static string StaticCore(IRateLimiter limiter) => "";
        }
        """);
}
