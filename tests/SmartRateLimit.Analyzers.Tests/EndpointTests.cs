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
    public Task SRL006_instead_of_SRL005_on_a_partial_handler_that_has_a_request_but_not_the_package_that_reads_it() => Check.ReportsWithAspNetCore(Usings + """
        public static partial class Orders
        {
            [RateLimited("20/m", Key = "{tenant}:{{|SRL006:http:ip|}}")]
            public static partial Task<IResult> Place(string tenant, HttpContext http, IRateLimiter limiter);

            private static Task<IResult> PlaceCore(string tenant, HttpContext http, IRateLimiter limiter) => Task.FromResult(Results.Ok());
        }
        """);

    [Theory]
    [InlineData("public abstract class CrudController : ControllerBase")]
    [InlineData("public class CrudController<T> : ControllerBase")]
    [InlineData("[ApiController] public abstract class Crud")]
    [InlineData("[Controller] public class Crud")]
    [InlineData("public class CrudController")]
    public Task SRL010_and_SRL013_are_silent_on_every_kind_of_controller(string declaration) => Check.IsSilentWithAspNetCore($$"""
        {{Usings}}
        [RateLimited("500/h", Key = HttpKey.UserOrIp)]
        {{declaration}}
        {
            [RateLimited("5/m", Key = HttpKey.Ip)]
            public IActionResult Get(string name) => new OkResult();
        }
        """);

    [Fact]
    public Task SRL010_and_SRL013_report_on_a_controller_by_name_where_MVC_is_not_referenced() => Check.Reports("""
        [{|SRL013:RateLimited("500/h", Key = RateLimitKey.Global)|}]
        public class GameController
        {
            [RateLimited("5/m", Key = RateLimitKey.Global)]
            public void {|SRL010:Fire|}() { }
        }
        """);

    [Theory]
    [InlineData("[NonController] public class LoginController : ControllerBase")]
    [InlineData("internal class LoginController : ControllerBase")]
    [InlineData("public abstract class LoginController")]
    public Task SRL010_and_SRL013_report_on_what_MVC_takes_for_no_controller(string declaration) => Check.ReportsWithAspNetCore($$"""
        {{Usings}}
        [{|SRL013:RateLimited("500/h", Key = RateLimitKey.Global)|}]
        {{declaration}}
        {
            [RateLimited("5/m", Key = RateLimitKey.Global)]
            public void {|SRL010:Get|}() { }
        }
        """);

    [Theory]
    [InlineData("public class LoginModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { }")]
    [InlineData("public class Chat : Microsoft.AspNetCore.SignalR.Hub { }")]
    [InlineData("public class Chat : Microsoft.AspNetCore.SignalR.Hub<IDisposable> { }")]
    [InlineData("public class Counter : Microsoft.AspNetCore.Components.ComponentBase { }")]
    public Task SRL013_is_silent_on_a_page_and_a_hub(string declaration) =>
        Check.IsSilentWithAspNetCore($"{Usings}[RateLimited(\"500/h\", Key = HttpKey.Ip)] {declaration}");

    [Fact]
    public Task SRL001_and_SRL004_report_on_a_controller() => Check.ReportsWithAspNetCore(Usings + """
        [{|SRL004:RateLimited("100 per {|SRL001:fortnight|}")|}]
        public class LoginController : ControllerBase;
        """);
}
