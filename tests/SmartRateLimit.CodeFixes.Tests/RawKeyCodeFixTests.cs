using SmartRateLimit.Compiling;

namespace SmartRateLimit.CodeFixes.Tests;

public sealed class RawKeyCodeFixTests
{
    private static readonly FixCheck Fix = new(new RawKeyCodeFixProvider());

    [Theory]
    [InlineData("\"route:id\"", "nameof(id)")]
    [InlineData("\"{route:id}:x\"", "\"{id}:x\"")]
    [InlineData("\"query:q|route:id\"", "\"query:q|id\"")]
    public async Task A_handler_becomes_partial_and_its_parameter_the_key(string before, string after)
    {
        var text = await Fix.TextAfter(CSharpProject.Of(Controller(before, "public class", "public int Get(int id)\n        => id; // kept")).WithWebPackage());

        Assert.Equal(Controller(after, "public partial class", "public partial int Get(int id);\n\n    private int GetCore(int id)\n        => id; // kept"), text);
    }

    private static string Controller(string key, string type, string method) => $$"""
        {{type}} HomeController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("1/s", Key = {{key}})]
            {{method}}
        }
        """;
}
