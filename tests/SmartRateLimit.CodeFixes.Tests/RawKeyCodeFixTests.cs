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

    [Fact]
    public Task All_handlers_of_a_controller_are_rewritten_at_once() => Fix.MakesAll(
        CSharpProject.Of("""
            // The shop.

            public class ShopController(IRateLimiter limiter) : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                /// <summary>Reads.</summary>
                [RateLimited("1/s", Key = "route:id")] // often
                public int Get(int id) => Ask(id) + (limiter is null ? 1 : 0);

                [RateLimited("1/s", Key = "{query:page}:x")]
                public int Find(Guid page)
                {
                    // As it was.
                    return Ask(page.GetHashCode());
                }

                private static int Ask(int id) => id;
            }
            """).WithWebPackage(),
        """
            // The shop.

            public partial class ShopController(IRateLimiter limiter) : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                /// <summary>Reads.</summary>
                [RateLimited("1/s", Key = nameof(id))] // often
                public partial int Get(int id);

                private int GetCore(int id) => Ask(id) + (limiter is null ? 1 : 0);

                [RateLimited("1/s", Key = "{page}:x")]
                public partial int Find(Guid page);

                private int FindCore(Guid page)
                {
                    // As it was.
                    return Ask(page.GetHashCode());
                }

                private static int Ask(int id) => id;
            }
            """,
        "partial");

    private static string Controller(string key, string type, string method) => $$"""
        {{type}} HomeController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [RateLimited("1/s", Key = {{key}})]
            {{method}}
        }
        """;
}
