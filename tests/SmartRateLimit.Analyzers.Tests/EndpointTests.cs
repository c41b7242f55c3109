namespace SmartRateLimit.Analyzers.Tests;

/// <summary>What the middleware enforces needs no partial part, and no error.</summary>
public sealed class EndpointTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;

        """;

    [Fact]
    public Task SRL010_is_silent_on_a_controller_action() => Check.IsSilentWithAspNetCore(Usings + """
        public class LoginController : ControllerBase
        {
            [RateLimited("5/m", Key = HttpKey.Ip)]
            public IActionResult Login(string name) => Ok();
        }
        """);

    [Fact]
    public Task SRL010_reports_on_what_is_no_action_of_a_controller() => Check.ReportsWithAspNetCore(Usings + """
        public class LoginController : ControllerBase
        {
            [NonAction]
            [RateLimited("5/m", Key = RateLimitKey.Global)]
            public void {|SRL010:Helper|}() { }

            [RateLimited("5/m", Key = RateLimitKey.Global)]
            private void {|SRL010:Hidden|}() { }

            [RateLimited("5/m", Key = RateLimitKey.Global)]
            public static void {|SRL010:Static|}() { }
        }
        """);

    [Fact]
    public Task SRL013_is_silent_on_a_controller() => Check.IsSilentWithAspNetCore(Usings + """
        [RateLimited("5/m", Key = HttpKey.Ip)]
        public class LoginController : ControllerBase
        {
            public IActionResult Login(string name) => Ok();
        }
        """);

    [Fact]
    public Task SRL013_is_silent_on_mapped_lambdas() => Check.IsSilentWithAspNetCore(Usings + """
        public static class Routes
        {
            public static void Map(WebApplication app, RouteGroupBuilder group, IEndpointRouteBuilder routes)
            {
                app.MapGet("/a", [RateLimited("10/s; 200/h", Key = HttpKey.Ip)] (string q) => q);
                group.MapPost("/b", [RateLimited("10/s", Key = HttpKey.Ip)] () => "");
                routes.MapMethods("/c", new[] { "GET" }, [RateLimited("10/s", Key = HttpKey.Ip)] () => "");
                app.Map("/d", ([RateLimited("10/s", Key = HttpKey.Ip)] () => ""));
                app.MapGet("/e", (Func<string>)([RateLimited("10/s", Key = HttpKey.Ip)] () => ""));
            }
        }
        """);

    [Fact]
    public Task SRL013_reports_on_a_lambda_that_is_mapped_to_nothing() => Check.ReportsWithAspNetCore(Usings + """
        public static class Routes
        {
            public static void Map(WebApplication app)
            {
                Func<string> handler = [{|SRL013:RateLimited("10/s", Key = RateLimitKey.Global)|}] () => "";
                app.Use([{|SRL013:RateLimited("10/s", Key = RateLimitKey.Global)|}] (HttpContext http, RequestDelegate next) => next(http));
            }
        }
        """);

    [Fact]
    public Task SRL010_and_SRL013_are_silent_on_mapped_method_groups_and_local_functions() => Check.IsSilentWithAspNetCore(Usings + """
        public static class Routes
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/a", Search);
                app.MapGet("/b", Handlers.Find);
                app.MapGet("/c", Local);

                [RateLimited("10/s", Key = HttpKey.Ip)]
                string Local() => "";
            }

            [RateLimited("10/s", Key = HttpKey.Ip)]
            private static string Search(string q) => q;
        }

        public static class Handlers
        {
            [RateLimited("10/s", Key = HttpKey.Ip)]
            public static string Find(string q) => q;
        }
        """);

    [Fact]
    public Task SRL005_is_silent_on_a_partial_handler_with_a_context() => Check.IsSilentWithAspNetCore(Usings + """
        public static partial class Orders
        {
            [RateLimited("20/m", Key = "{tenant}:{http:ip}")]
            public static partial Task<IResult> Place(string tenant, HttpContext http, IRateLimiter limiter);

            private static Task<IResult> PlaceCore(string tenant, HttpContext http, IRateLimiter limiter) => Task.FromResult(Results.Ok());
        }
        """);
}
