using Microsoft.AspNetCore.Http;

namespace SmartRateLimit.Generators.Tests.Web;

/// <summary>A partial handler reads its request, tells it what was decided, and answers a rejection itself.</summary>
public sealed class PartialHandlerTests
{
    public static TheoryData<string> Results =>
    [
        "IResult", "Task<IResult>", "ValueTask<IResult>", "IActionResult", "ActionResult", "ActionResult<int>",
        "Task<IActionResult>", "ValueTask<ActionResult>", "Task<ActionResult<string>>",
        "Results<Ok<int>, RateLimitRejectedResult>", "Task<Results<Ok<int>, NotFound, RateLimitRejectedResult>>", "ValueTask<Results<RateLimitRejectedResult, Ok>>",
    ];

    [Theory]
    [MemberData(nameof(Results))]
    public void A_handler_that_returns_a_result_answers_a_rejection_with_one(string result)
    {
        var run = WebCode.From(Handler(result)).AssertClean();

        Assert.Contains("RateLimitResults.Rejected", run.SingleText, StringComparison.Ordinal);
        Assert.DoesNotContain("RateLimitExceededException", run.SingleText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string")]
    [InlineData("Task")]
    [InlineData("Task<int>")]
    [InlineData("Results<Ok<int>, NotFound>")]
    [InlineData("Task<Results<Ok<int>, ProblemHttpResult>>")]
    [InlineData("Task<Ok<int>>")]
    public void A_handler_that_returns_something_else_throws_for_the_middleware_to_answer(string result)
    {
        var run = WebCode.From(Handler(result)).AssertClean();

        Assert.DoesNotContain("RateLimitResults", run.SingleText, StringComparison.Ordinal);
        Assert.Contains("RateLimitExceededException", run.SingleText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_is_marked_and_tells_its_request_what_was_decided()
    {
        var text = WebCode.From(Handler("Task<IResult>")).AssertClean().SingleText;

        Assert.Contains("[global::SmartRateLimit.EnforcedByGeneratedCode]", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("RateLimitHttpContextExtensions.AddRateLimitDecision(http, decision);").Length - 1);
    }

    [Fact]
    public void Sources_are_read_from_the_request_by_readers_that_are_made_once()
    {
        var text = WebCode.From("""
            public static partial class Orders
            {
                [RateLimited("5/m", Key = "{http:ip}:{tenant}:{header:X-Key}:{http:ip}")]
                public static partial IResult Place(string tenant, HttpContext http, IRateLimiter limiter);

                private static IResult PlaceCore(string tenant, HttpContext http, IRateLimiter limiter) => Results.Ok();
            }
            """).AssertClean().SingleText;

        Assert.Equal(2, text.Split("HttpKeyReader PlaceSource").Length - 1);
        Assert.Contains("PlaceSource2 = new(\"header:X-Key\");", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("key.Add(OrdersLimits.PlaceSource1.Read(http));").Length - 1);
    }

    [Fact]
    public void A_controller_and_its_functions_use_the_request_that_the_controller_has()
    {
        var text = WebCode.From("""
            public partial class C(IRateLimiter limiter) : ControllerBase
            {
                private readonly IRateLimiter _limiter = limiter;

                [RateLimited("5/m", Key = "{http:ip}:{id}:{Tenant}")]
                public partial Task<IActionResult> Get(int id);

                private async Task<IActionResult> GetCore(int id) { await Task.Yield(); return Ok(id); }

                private static string Tenant(HttpContext http) => http.Request.Host.Host;
            }
            """).AssertClean().SingleText;

        Assert.Contains("Source1.Read(HttpContext)", text, StringComparison.Ordinal);
        Assert.Contains("key.Add(Tenant(HttpContext));", text, StringComparison.Ordinal);
        Assert.Contains("AddRateLimitDecision(HttpContext, decision);", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_may_be_missing_is_told_only_when_it_is_there() => Assert.Contains("if (http is not null)", WebCode.From("""
        public static partial class Orders
        {
            [RateLimited("5/m", Key = "{tenant}:{http:ip}")]
            public static partial IResult Place(string tenant, HttpContext? http, IRateLimiter limiter);

            private static IResult PlaceCore(string tenant, HttpContext? http, IRateLimiter limiter) => Results.Ok();
        }
        """).AssertClean().SingleText, StringComparison.Ordinal);

    [Fact]
    public void Running_code_reads_the_request_and_reports_to_it()
    {
        using var assembly = WebCode.From(Handler("IResult")).Load();
        var backend = new MemoryBackend();
        var limiter = new SmartRateLimiter(backend);
        var (a, b) = (Request("a"), Request("b"));

        Assert.Equal(200, Status(a));
        Assert.Equal(429, Status(a));
        Assert.Equal(200, Status(b));
        Assert.Equal([true, false], a.GetRateLimit().Decisions.Select(decision => decision.IsAllowed));

        int? Status(HttpContext http) => ((IStatusCodeHttpResult)assembly.Call("Handlers", "Get", "t", http, limiter)!).StatusCode;
    }

    private static DefaultHttpContext Request(string key)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["X-Key"] = key;
        return http;
    }

    private static string Handler(string result) => $$"""
        public static partial class Handlers
        {
            [RateLimited("1/h", Key = "{tenant}:{header:X-Key}")]
            public static partial {{result}} Get(string tenant, HttpContext http, IRateLimiter limiter);

            private static {{result}} GetCore(string tenant, HttpContext http, IRateLimiter limiter) => {{(result == "IResult" ? "Results.Ok()" : "throw new InvalidOperationException()")}};
        }
        """;
}
