using Microsoft.AspNetCore.Http;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Generators.Tests.Web;

/// <summary>The middleware finds what an endpoint names because generated code registers it.</summary>
public sealed class EndpointFunctionTests
{
    private const string Controller = """
        namespace App;

        public class UploadController : ControllerBase
        {
            [RateLimited("5/m", Key = "{http:ip}:{Tenant}:{Shard}:{When}", Cost = nameof(Size), SkipIf = nameof(IsAdmin), OnRejected = nameof(Sorry))]
            public IActionResult Upload(string name) => Ok();

            internal static string? Tenant(HttpContext http) => http.Request.Headers["X-Tenant"];

            public static int Shard() => 1234;

            internal static DateTime? When(HttpContext http) => new DateTime(2026, 1, 2, 3, 4, 5, 6, DateTimeKind.Utc);

            internal static ulong Size(HttpContext http) => 7;

            internal static bool IsAdmin(HttpContext http) => true;

            internal static ValueTask<IActionResult> Sorry(HttpContext http, RateLimitDecision decision) => new(new StatusCodeResult(418));
        }
        """;

    [Fact]
    public void A_function_may_stand_in_a_class_of_any_name_and_be_experimental() => WebCode.From("""
        #pragma warning disable EXP1
        public static class EndpointFunctions
        {
            [System.Diagnostics.CodeAnalysis.Experimental("EXP1")] internal static string KeyOf() => "k";
        }

        public class UploadController : ControllerBase
        {
            [RateLimited("5/m", Key = nameof(EndpointFunctions.KeyOf), KeyType = typeof(EndpointFunctions))] public IActionResult Upload() => Ok();
        }
        """).AssertClean();

    [Fact]
    public async Task Every_function_of_an_action_is_registered_under_its_type_and_name()
    {
        using var assembly = WebCode.From(Controller).Load();
        var type = assembly.Type("App.UploadController");
        System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(assembly.Assembly.ManifestModule.ModuleHandle);
        var http = new DefaultHttpContext();
        http.Request.Headers["X-Tenant"] = "acme";

        Assert.Equal("acme", RateLimitFunctions.FindKey(type, "Tenant")!(http));
        Assert.Equal("1234", RateLimitFunctions.FindKey(type, "Shard")!(http));
        Assert.Equal("2026-01-02T03:04:05.0060000Z", RateLimitFunctions.FindKey(type, "When")!(http));
        Assert.Equal(7, RateLimitFunctions.FindCost(type, "Size")!(http));
        Assert.True(RateLimitFunctions.FindSkip(type, "IsAdmin")!(http));
        Assert.Equal(418, Assert.IsType<Microsoft.AspNetCore.Mvc.StatusCodeResult>(
            await Assert.IsType<Task<object?>>(RateLimitFunctions.FindRejection(type, "Sorry")!(http, default), exactMatch: false)).StatusCode);
    }

    [Theory]
    [InlineData("[RateLimited(\"5/m\", Key = nameof(Tenant))] public class C : ControllerBase { internal static string Tenant(HttpContext http) => \"\"; }")]
    [InlineData("[RateLimited(\"5/m\", Key = nameof(Tenant))] public class C : Microsoft.AspNetCore.SignalR.Hub { internal static string Tenant(HttpContext http) => \"\"; }")]
    [InlineData("[RateLimited(\"5/m\", Key = nameof(Tenant))] public class C : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { internal static string Tenant(HttpContext http) => \"\"; }")]
    [InlineData("public static class C { public static void Map(WebApplication app) => app.MapGet(\"/\", [RateLimited(\"5/m\", Key = nameof(Tenant))] () => \"\"); internal static string Tenant(HttpContext http) => \"\"; }")]
    [InlineData("public static class C { public static void Map(WebApplication app) { app.MapGet(\"/\", Local); [RateLimited(\"5/m\", Key = nameof(Tenant))] static string Local() => \"\"; } internal static string Tenant(HttpContext http) => \"\"; }")]
    [InlineData("public static class C { public static void Map(WebApplication app) => app.MapGet(\"/\", Handle); [RateLimited(\"5/m\", Key = nameof(Tenant))] private static string Handle() => \"\"; internal static string Tenant(HttpContext http) => \"\"; }")]
    public void The_function_of_every_kind_of_endpoint_is_registered(string text) => Assert.Equal(
        ["AddKey(typeof(global::C), \"Tenant\", static context => global::C.Tenant((global::Microsoft.AspNetCore.Http.HttpContext)context));"],
        WebCode.Registrations(WebCode.From(text).AssertClean()));

    [Fact]
    public void The_functions_of_a_key_type_and_of_a_base_are_registered_under_the_type_that_declares_them() => Assert.Equal(
        ["AddKey(typeof(global::Base), \"Common\", static context => global::Base.Common());", "AddKey(typeof(global::Keys), \"Tenant.Name\", static context => global::Keys.Tenant()?.Name);"],
        WebCode.Registrations(WebCode.From("""
            public sealed record Customer(string Name);
            public static class Keys { public static Customer Tenant() => new("a"); }
            public class Base : ControllerBase { protected internal static string Common() => ""; }
            public class C : Base
            {
                [RateLimited("5/m", Key = "{Tenant.Name}:{Common}", KeyType = typeof(Keys))]
                public IActionResult Get() => Ok();
            }
            """).AssertClean()));

    [Fact]
    public void A_private_function_is_registered_from_a_part_of_its_type()
    {
        using var assembly = WebCode.From("""
            namespace App;

            public static partial class Outer
            {
                public static partial class Routes
                {
                    public static void Map(WebApplication app) => app.MapGet("/", [RateLimited("5/m", Key = nameof(Tenant))] () => "");

                    private static string Tenant(HttpContext http) => "private";
                }
            }
            """).Load();
        System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(assembly.Assembly.ManifestModule.ModuleHandle);

        Assert.Equal("private", RateLimitFunctions.FindKey(assembly.Type("App.Outer+Routes"), "Tenant")!(new DefaultHttpContext()));
    }

    [Fact]
    public void A_base_and_what_derives_from_it_may_both_have_private_functions() => Assert.Equal(2, WebCode.Registrations(WebCode.From("""
        public partial class BaseController : ControllerBase
        {
            [RateLimited("5/m", Key = nameof(Tenant))]
            public IActionResult Get() => Ok();

            private static string Tenant(HttpContext http) => "";
        }

        public partial class DerivedController : BaseController
        {
            [RateLimited("5/m", Key = nameof(User1))]
            public IActionResult More() => Ok();

            private static string User1(HttpContext http) => "";
        }
        """).AssertClean()).Count());

    [Fact]
    public void A_private_function_of_the_class_of_top_level_statements_is_registered() => Assert.Single(WebCode.Registrations(WebCode.From(
        """
        var app = WebApplication.Create();
        app.MapGet("/", [RateLimited("5/m", Key = "{Tenant}")] () => "");
        app.Run();

        internal partial class Program
        {
            private static string Tenant(HttpContext http) => "";
        }
        """,
        OutputKind.ConsoleApplication).AssertClean()));

    [Theory]
    [InlineData("public class C : ControllerBase { [RateLimited(\"5/m\", Key = nameof(Tenant))] public IActionResult Get() => Ok(); private static string Tenant() => \"\"; }")]
    [InlineData("public class C<T> : ControllerBase { [RateLimited(\"5/m\", Key = nameof(Tenant))] public IActionResult Get() => Ok(); public static string Tenant() => \"\"; }")]
    [InlineData("public class C : ControllerBase { [RateLimited(\"5/m\", Key = nameof(Tenant))] public IActionResult Get() => Ok(); public static string Tenant(int id) => \"\"; }")]
    public void What_cannot_be_registered_is_an_error_and_not_written(string text)
    {
        var project = WebCode.Project(text);

        Assert.Empty(WebCode.From(text).Sources);
        Assert.Contains("SRL006", Problems.Of(project));
    }

    [Fact]
    public void Nothing_is_written_where_no_endpoint_names_a_function() => Assert.Empty(WebCode.From("""
        public class C : ControllerBase
        {
            [RateLimited("5/m", Key = HttpKey.Ip)]
            public IActionResult Get() => Ok();
        }
        """).AssertClean().Sources);

    [Fact]
    public void An_unrelated_file_writes_no_registration_again()
    {
        var second = WebCode.From(Controller).After(compilation => compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("class Unrelated;", CSharpParseOptions.Default, "Unrelated.cs", cancellationToken: TestContext.Current.CancellationToken)));

        Assert.NotEmpty(second.Sources);
        Assert.All(
            second.Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void The_order_of_the_files_does_not_matter()
    {
        const string A = "public class A : ControllerBase { [RateLimited(\"5/m\", Key = nameof(Tenant))] public IActionResult Get() => Ok(); public static string Tenant() => \"\"; }";
        const string B = "public class B : ControllerBase { [RateLimited(\"5/m\", Key = nameof(Tenant))] public IActionResult Get() => Ok(); public static string Tenant() => \"\"; }";

        Assert.Equal(WebCode.From(A + B).AssertClean().SingleText, WebCode.From(B + A).AssertClean().SingleText);
    }
}
