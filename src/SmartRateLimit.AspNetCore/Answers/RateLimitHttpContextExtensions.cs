using System.ComponentModel;
using SmartRateLimit;
using SmartRateLimit.AspNetCore;
using SmartRateLimit.AspNetCore.Answers;

namespace Microsoft.AspNetCore.Http;

/// <summary>Reads what was decided about a request.</summary>
public static class RateLimitHttpContextExtensions
{
    /// <summary>Gives every decision about this request so far.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The decisions; none when nothing limited the request.</returns>
    public static HttpRateLimit GetRateLimit(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return HttpRateLimit.Of(context);
    }

    /// <summary>Adds a decision that was made behind the middleware, so that headers and <see cref="GetRateLimit"/> tell it. Generated handlers call it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="decision">The decision.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void AddRateLimitDecision(this HttpContext context, RateLimitDecision decision)
    {
        ArgumentNullException.ThrowIfNull(context);
        var status = HttpRateLimit.Of(context);
        status.Add(decision);
        RateLimitHeaders.AddTo(status);
    }
}
