using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Writes what a fallback function returned in place of its handler, as if the handler had.</summary>
internal static class HandlerResult
{
    /// <param name="context">The request.</param>
    /// <param name="result">What it returned.</param>
    /// <param name="status">The answer when it returned nothing and answered nothing itself: a rejected request must not look admitted.</param>
    public static async Task WriteAsync(HttpContext context, object? result, int status)
    {
        switch (result)
        {
            case null:
                Refuse(context.Response, status);
                break;
            case Task<object?> task:
                await WriteAsync(context, await task.ConfigureAwait(false), status).ConfigureAwait(false);
                break;
            case Task<IResult> task:
                await (await task.ConfigureAwait(false)).ExecuteAsync(context).ConfigureAwait(false);
                break;
            case Task<IActionResult> task:
                await ExecuteAsync(context, await task.ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case Task<ActionResult> task:
                await ExecuteAsync(context, await task.ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case Task task:
                await task.ConfigureAwait(false);
                Refuse(context.Response, status);
                break;
            case IResult answer:
                await answer.ExecuteAsync(context).ConfigureAwait(false);
                break;
            case IActionResult answer:
                await ExecuteAsync(context, answer).ConfigureAwait(false);
                break;
            case string text:
                await Results.Text(text).ExecuteAsync(context).ConfigureAwait(false);
                break;
            default:
                await Results.Ok(result).ExecuteAsync(context).ConfigureAwait(false);
                break;
        }
    }

    private static void Refuse(HttpResponse response, int status)
    {
        if (!response.HasStarted && response.StatusCode == StatusCodes.Status200OK)
        {
            response.StatusCode = status;
        }
    }

    private static Task ExecuteAsync(HttpContext context, IActionResult answer)
    {
        var action = context.GetEndpoint()?.Metadata.GetMetadata<ActionDescriptor>() ?? new ActionDescriptor();
        return answer.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), action));
    }
}
