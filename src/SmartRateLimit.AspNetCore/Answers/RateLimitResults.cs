using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SmartRateLimit.AspNetCore.Answers;

namespace SmartRateLimit.AspNetCore;

/// <summary>The answers to a rejected call, for handlers that decide themselves; generated handlers return them.</summary>
public static class RateLimitResults
{
    /// <summary>The same 429, or 503 where no backend could decide, that the middleware writes.</summary>
    /// <param name="decision">The rejection.</param>
    /// <returns>The result of a minimal API's handler; unions such as <c>Results&lt;Ok, RateLimitRejectedResult&gt;</c> can hold it.</returns>
    public static RateLimitRejectedResult Rejected(RateLimitDecision decision) => new(decision);

    /// <summary>The same 429, or 503 where no backend could decide, that the middleware writes.</summary>
    /// <param name="decision">The rejection.</param>
    /// <returns>The result of a controller's action.</returns>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public static ActionResult RejectedAction(RateLimitDecision decision) => new RejectedActionResult(decision);

    internal static Task WriteAsync(HttpContext context, in RateLimitDecision decision)
    {
        var status = HttpRateLimit.Of(context);
        if (!status.Decisions.Contains(decision))
        {
            status.Add(decision);
        }

        return Rejection.WriteAsync(context, decision, Rejection.StatusOf(decision));
    }

    private sealed class RejectedActionResult(RateLimitDecision decision) : ActionResult
    {
        public override Task ExecuteResultAsync(ActionContext context) => WriteAsync(context.HttpContext, decision);
    }
}
