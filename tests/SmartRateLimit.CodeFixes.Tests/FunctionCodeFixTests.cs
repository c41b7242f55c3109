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

        Assert.Contains("\n    internal static string Region(HttpContext context) => throw new NotImplementedException();\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Key = \"{tenant.Lenth}\"")]
    [InlineData("Key = \"*\", OnRejected = \"Fallback\"")]
    public async Task No_function_is_offered_where_none_is_meant(string arguments) =>
        Assert.DoesNotContain(await Fix.Titles(Class(arguments, "")), title => title.StartsWith("Create", StringComparison.Ordinal));

    [Fact]
    public Task All_functions_are_created_at_once_and_each_only_once() => Fix.MakesAll(
        Two("", ""),
        Two("\n\n    private static string Region(string tenant) => throw new NotImplementedException();", "\n\n    private static string Region(string tenant, int count) => throw new NotImplementedException();"),
        "create");

    [Theory]
    [InlineData("// The quotes.\n\n", "// The quotes.\n\nusing System;\n\n")]
    [InlineData("", "using System;\n\n")]
    [InlineData("// About the class.\n", "using System;\n\n// About the class.\n")]
    [InlineData("using SmartRateLimit;\n\n", "using SmartRateLimit;\nusing System;\n\n")]
    public Task A_missing_using_is_added(string before, string after)
    {
        const string Text = "public static partial class Quotes\n{\n    private static int GetCore(string tenant, SmartRateLimit.IRateLimiter limiter) => 0;\n\n    [SmartRateLimit.RateLimited(\"1/s\", Key = \"Region\")]\n    public static partial int Get(string tenant, SmartRateLimit.IRateLimiter limiter);|\n}";
        return Fix.Makes(
            CSharpProject.Of(before + Text.Replace("|", "", StringComparison.Ordinal)) with { ImplicitUsings = false },
            after + Text.Replace("|", "\n\n    private static string Region(string tenant) => throw new NotImplementedException();", StringComparison.Ordinal),
            "create");
    }

    private static string Two(string first, string second) => $$"""
        public partial class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

            private int GetCore(string tenant) => 0;

            private int FindCore(string customer) => 0;

            private int CountCore(string tenant, int count) => 0;

            [RateLimited("1/s", Key = "Region")]
            public partial int Get(string tenant);{{first}}

            [RateLimited("1/s", Key = "{tenant}:{Region}")]
            public partial int Count(string tenant, int count); // kept{{second}}

            [RateLimited("1/s", Key = "*")]
            public partial int Find(string customer);
        }
        """;

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
