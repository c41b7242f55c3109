using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Writes what a fallback function returned in place of its handler, as if the handler had.</summary>
internal static class HandlerResult
{
    public static async Task WriteAsync(HttpContext context, object? result)
    {
        switch (result)
        {
            case null:
                break;
            case Task<object?> task:
                await WriteAsync(context, await task.ConfigureAwait(false)).ConfigureAwait(false);
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

    private static Task ExecuteAsync(HttpContext context, IActionResult answer)
    {
        var action = context.GetEndpoint()?.Metadata.GetMetadata<ActionDescriptor>() ?? new ActionDescriptor();
        return answer.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), action));
    }
}
