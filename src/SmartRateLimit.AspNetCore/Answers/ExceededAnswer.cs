using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Answers for a limit that was exceeded deep in the call, as the middleware would have for one of its own.</summary>
internal static class ExceededAnswer
{
    public static Task WriteAsync(HttpContext context, RateLimitExceededException exceeded)
    {
        var decision = exceeded.Decision;
        var status = HttpRateLimit.Of(context);
        if (!exceeded.IsOutgoing && !status.Decisions.Contains(decision))
        {
            status.Add(decision);
        }

        context.Response.Clear();
        return Rejection.WriteAsync(context, decision, HttpSettings.Of(context).Options.StatusCode?.Invoke(exceeded) ?? StatusOf(exceeded));
    }

    // What this application may call elsewhere is not the caller's quota, and the caller cannot mend it.
    private static int StatusOf(RateLimitExceededException exceeded) =>
        exceeded.IsOutgoing ? StatusCodes.Status503ServiceUnavailable : Rejection.StatusOf(exceeded.Decision);
}
