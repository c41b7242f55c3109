using System.Globalization;
using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Answers a rejected request.</summary>
internal static class Rejection
{
    public static int StatusOf(in RateLimitDecision decision) => decision.Reason == RateLimitReason.BackendUnavailable
        ? StatusCodes.Status503ServiceUnavailable
        : StatusCodes.Status429TooManyRequests;

    /// <summary>Sets status and headers, and writes what the endpoint, the options or else the default says.</summary>
    public static Task WriteAsync(HttpContext context, in RateLimitDecision decision, int status, Func<object, RateLimitDecision, object?>? own = null)
    {
        RateLimitHeaders.AddTo(HttpRateLimit.Of(context));
        if (Seconds.Retry(decision) is { } retry)
        {
            context.Response.Headers.RetryAfter = retry.ToString(CultureInfo.InvariantCulture);
        }

        if (own is not null)
        {
            return HandlerResult.WriteAsync(context, own(context, decision), status);
        }

        context.Response.StatusCode = status;
        return HttpSettings.Of(context).Options.OnRejected is { } handler
            ? handler(context, decision)
            : WriteBodyAsync(context, decision, status);
    }

    private static Task WriteBodyAsync(HttpContext context, in RateLimitDecision decision, int status)
    {
        if (!ContentChoice.TakesJson(context.Request))
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(ProblemBody.Text(decision, status), context.RequestAborted);
        }

        var body = ProblemBody.Json(context, decision, status);
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
