using SmartRateLimit.Compiling;

namespace SmartRateLimit.CodeFixes.Tests;

public sealed class KeyCodeFixTests
{
    private static readonly FixCheck Fix = new(new KeyCodeFixProvider());

    [Fact]
    public async Task Each_parameter_and_one_bucket_for_all_are_offered() => Assert.Equal(
        ["Add Key = nameof(tenant)", "Add Key = nameof(@class)", "Add Key = RateLimitKey.Global"],
        await Fix.Titles(Limited("RateLimited(\"100/m\")")));

    [Theory]
    [InlineData("RateLimited(\"100/m\")", "RateLimited(\"100/m\", Key = nameof(tenant))", "nameof(tenant)")]
    [InlineData("RateLimited(\"100/m\")", "RateLimited(\"100/m\", Key = nameof(@class))", "nameof(@class)")]
    [InlineData("RateLimited(\"100/m\", Burst = 5)", "RateLimited(\"100/m\", Key = RateLimitKey.Global, Burst = 5)", "RateLimitKey.Global")]
    [InlineData("RateLimited( rate: \"100/m\" /* keep */ )", "RateLimited( rate: \"100/m\", Key = nameof(tenant) /* keep */ )", "nameof(tenant)")]
    public Task A_key_is_added(string before, string after, string choice) => Fix.Makes(Limited(before), Limited(after), choice);

    [Fact]
    public async Task A_constant_that_is_not_in_scope_is_written_in_full()
    {
        var project = CSharpProject.Of("""
            public static partial class Quotes
            {
                [SmartRateLimit.RateLimited("100/m")]
                public static partial int Get();

                private static int GetCore() => 0;
            }
            """) with { ImplicitUsings = false };

        Assert.Contains("[SmartRateLimit.RateLimited(\"100/m\", Key = global::SmartRateLimit.RateLimitKey.Global)]", await Fix.TextAfter(project), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_is_offered_where_a_request_is_in_reach() => Assert.Equal(
        ["Add Key = nameof(tenant)", "Add Key = HttpKey.Ip", "Add Key = RateLimitKey.Global"],
        await TitlesWithAspNetCore("""
            public static partial class Handlers
            {
                [RateLimited("5/m")]
                public static partial int Get(string tenant, Microsoft.AspNetCore.Http.HttpContext http, IRateLimiter limiter);

                private static int GetCore(string tenant, Microsoft.AspNetCore.Http.HttpContext http, IRateLimiter limiter) => 0;
            }
            """));

    [Theory]
    [InlineData("public class LoginController : Microsoft.AspNetCore.Mvc.ControllerBase { [RateLimited(\"5/m\")] public int Login(string name) => 0; }")]
    [InlineData("[RateLimited(\"5/m\")] public class LoginController : Microsoft.AspNetCore.Mvc.ControllerBase { public int Login(string name) => 0; }")]
    [InlineData("public static class Routes { public static void Map(Microsoft.AspNetCore.Builder.WebApplication app) => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, \"/\", [RateLimited(\"5/m\")] (string q) => q); }")]
    public async Task An_endpoint_is_offered_no_parameter_because_it_is_limited_before_they_are_bound(string text) => Assert.Equal(
        ["Add Key = HttpKey.Ip", "Add Key = RateLimitKey.Global"], await TitlesWithAspNetCore(text));

    [Fact]
    public Task All_attributes_get_the_chosen_key_at_once() => Fix.MakesAll(
        Limited("RateLimited(\"100/m\"), RateLimited(\"5/s\")"),
        Limited("RateLimited(\"100/m\", Key = nameof(tenant)), RateLimited(\"5/s\", Key = nameof(tenant))"),
        "nameof(tenant)");

    private static async Task<IEnumerable<string>> TitlesWithAspNetCore(string text) => await Fix.Titles(CSharpProject.Of(text).WithAspNetCore());

    private static string Limited(string attribute) => $$"""
        public sealed partial class Quotes(IRateLimiter limiter)
        {
            private readonly IRateLimiter _limiter = limiter;

            [{{attribute}}]
            public partial Task<int> GetAsync(string tenant, int @class, CancellationToken ct = default);

            private Task<int> GetAsyncCore(string tenant, int @class, CancellationToken ct) => Task.FromResult(@class);
        }
        """;
}
