using Microsoft.CodeAnalysis;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL040Tests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;

        """;

    private const string Endpoints = """
        app.MapGet("/a", [{|SRL040:RateLimited("5/m", Key = HttpKey.Ip)|}] () => "");
        app.MapGet("/b", Local);
        app.Run();

        [RateLimited("5/m", Key = HttpKey.Ip)]
        static string {|SRL040:Local|}() => "";

        [RateLimited("5/m", Key = HttpKey.Ip)]
        public class {|SRL040:ReportController|} : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("5/m", Key = HttpKey.Ip)]
            public string {|SRL040:Get|}() => "";
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData("builder.Services.AddSmartRateLimit();")]
    public Task SRL040_reports_on_the_endpoints_of_an_application_without_the_middleware(string before) =>
        Check.Reports(Application(), Usings + "var builder = WebApplication.CreateBuilder();\n" + before + "\nvar app = builder.Build();\n" + Endpoints);

    [Fact]
    public Task SRL040_reports_on_an_application_without_the_services() =>
        Check.Reports(Application(), Usings + "var app = WebApplication.Create();\napp.UseSmartRateLimit();\n" + Endpoints);

    [Fact]
    public Task SRL040_is_silent_on_an_application_that_makes_both_calls() => Check.Reports(
        Application().With("Setup.cs", Usings + "public static class Setup { public static void Use(WebApplication app) => app.UseSmartRateLimit(); }"),
        Usings + """
            var builder = WebApplication.CreateBuilder();
            builder.Services.AddSmartRateLimit();
            var app = builder.Build();
            Setup.Use(app);
            app.MapGet("/a", [RateLimited("5/m", Key = HttpKey.Ip)] () => "");
            app.Run();
            """);

    [Fact]
    public Task SRL040_is_silent_on_a_library_and_on_what_limits_itself()
    {
        const string Handlers = """
            public static partial class Handlers
            {
                [RateLimited("5/m", Key = nameof(tenant))]
                public static partial string Get(string tenant, IRateLimiter limiter);

                private static string GetCore(string tenant, IRateLimiter limiter) => tenant;
            }

            """;
        return Task.WhenAll(
            Check.ReportsWithWebPackage("public class ReportController : Microsoft.AspNetCore.Mvc.ControllerBase { [RateLimited(\"5/m\", Key = HttpKey.Ip)] public string Get() => \"\"; }"),
            Check.Reports(Application(), Usings + "var app = WebApplication.Create(); app.MapGet(\"/{tenant}\", Handlers.Get); app.Run();\n" + Handlers));
    }

    private static CSharpProject Application() => CSharpProject.Of().WithWebPackage() with { Output = OutputKind.ConsoleApplication };
}
