using SmartRateLimit.Compiling;

namespace SmartRateLimit.CodeFixes.Tests;

public sealed class FunctionCodeFixTests
{
    private static readonly FixCheck Fix = new(new NameCodeFixProvider());

    [Theory]
    [InlineData("Key = \"Region\"", "private static string Region(string tenant, int count) => throw new NotImplementedException();")]
    [InlineData("Key = \"{tenant}:{Region}\"", "private static string Region(string tenant, int count) => throw new NotImplementedException();")]
    [InlineData("Key = \"*\", Cost = \"Weight\"", "private static long Weight(string tenant, int count) => throw new NotImplementedException();")]
    [InlineData("Key = \"*\", SkipIf = \"IsFree\"", "private static bool IsFree(string tenant, int count) => throw new NotImplementedException();")]
    public Task A_function_is_created(string arguments, string function) => Fix.Makes(
        Class(arguments, ""),
        Class(arguments, "\n\n    " + function),
        "create");

    [Fact]
    public async Task A_function_of_an_interface_is_visible_to_its_decorator()
    {
        var text = await Fix.TextAfter(CSharpProject.Of("public interface IQuotes\n{\n    [RateLimited(\"1/s\", Key = \"Region\")]\n    Task<T> GetAsync<T>(T tenant) where T : class;\n}"), "create");

        Assert.Contains("\n    static string Region<T>(T tenant) where T : class => throw new NotImplementedException();\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_of_an_endpoint_takes_the_request()
    {
        var text = await Fix.TextAfter(CSharpProject.Of("public class HomeController : Microsoft.AspNetCore.Mvc.ControllerBase\n{\n    [RateLimited(\"1/s\", Key = \"Region\")]\n    public int Get(int id) => id;\n}").WithAspNetCore(), "create");

        Assert.Contains("\n    internal static string Region(global::Microsoft.AspNetCore.Http.HttpContext context) => throw new NotImplementedException();\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Key = \"{tenant.Lenth}\"")]
    [InlineData("Key = \"*\", OnRejected = \"Fallback\"")]
    public async Task No_function_is_offered_where_none_is_meant(string arguments) =>
        Assert.DoesNotContain(await Fix.Titles(Class(arguments, "")), title => title.StartsWith("Create", StringComparison.Ordinal));

    private static string Class(string arguments, string function) => $$"""
        public partial class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

            private int GetCore(string tenant, in int count, CancellationToken ct) => 0;

            /// <summary>Gets.</summary>
            [RateLimited("1/s", {{arguments}})]
            public partial int Get(string tenant, in int count, CancellationToken ct); // kept{{function}}
        }
        """;
}
