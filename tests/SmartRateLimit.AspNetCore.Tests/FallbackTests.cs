using System.Net;
using Microsoft.AspNetCore.Mvc;
using static SmartRateLimit.AspNetCore.Tests.Fixture.Answered;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>What is answered in the place of a rejection by the function that an attribute names.</summary>
public sealed class FallbackTests
{
    [Theory]
    [InlineData("text", HttpStatusCode.OK, "text")]
    [InlineData("result", HttpStatusCode.Accepted, "result")]
    [InlineData("task", HttpStatusCode.Accepted, "task")]
    [InlineData("action", (HttpStatusCode)418, "action")]
    [InlineData("object", HttpStatusCode.OK, "\"left\":0")]
    public async Task A_fallback_function_answers_as_its_handler_would(string kind, HttpStatusCode status, string expected)
    {
        RateLimitFunctions.AddRejection(typeof(FallbackTests), kind, (_, decision) => kind switch
        {
            "text" => "text",
            "result" => Results.Text("result", statusCode: 202),
            "task" => Task.FromResult(Results.Text("task", statusCode: 202)),
            "action" => new ContentResult { Content = "action", StatusCode = 418 },
            _ => new { left = decision.Remaining },
        });
        await using var app = await StartAsync(web => web.MapGet("/", () => "ok").RateLimited("0/m", "*", limit =>
        {
            limit.KeyType = typeof(FallbackTests);
            limit.OnRejected = kind;
        }));
        using var response = await app.SendAsync("/");

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", HttpStatusCode.TooManyRequests, "")]
    [InlineData("later nothing", HttpStatusCode.TooManyRequests, "")]
    [InlineData("awaited", HttpStatusCode.TooManyRequests, "")]
    [InlineData("own status", (HttpStatusCode)418, "")]
    [InlineData("own body", HttpStatusCode.OK, "written")]
    public async Task A_fallback_function_that_returns_nothing_and_answers_nothing_is_a_rejection(string kind, HttpStatusCode status, string expected)
    {
        RateLimitFunctions.AddRejection(typeof(FallbackTests), kind, (target, _) =>
        {
            var response = ((HttpContext)target).Response;
            switch (kind)
            {
                case "later nothing":
                    return Task.FromResult<object?>(null);
                case "awaited":
                    return Task.CompletedTask;
                case "own status":
                    response.StatusCode = 418;
                    return null;
                case "own body":
                    return response.WriteAsync("written");
                default:
                    return null;
            }
        });
        await using var app = await StartAsync(web => web.MapGet("/", () => "ok").RateLimited("0/m", "*", limit =>
        {
            limit.KeyType = typeof(FallbackTests);
            limit.OnRejected = kind;
        }));
        using var response = await app.SendAsync("/");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
