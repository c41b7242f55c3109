using System.Globalization;
using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Writes the headers of a limited response when it starts, so that decisions made on the way are told as well.</summary>
internal static class RateLimitHeaders
{
    private const string StandardPolicy = "RateLimit-Policy";
    private const string Standard = "RateLimit";

    /// <summary>Adds the headers once the response starts.</summary>
    public static void AddTo(HttpContext context)
    {
        var status = HttpRateLimit.Of(context);
        if (!status.HasHeaders && !context.Response.HasStarted)
        {
            status.HasHeaders = true;
            context.Response.OnStarting(static state => Write((HttpContext)state), context);
        }
    }

    private static Task Write(HttpContext context)
    {
        var status = HttpRateLimit.Of(context);
        if (status.MostRestrictive is { } most)
        {
            var options = HttpSettings.Of(context).Options;
            var headers = context.Response.Headers;
            if (options.StandardHeaders)
            {
                WriteStandard(headers, status.Decisions);
            }

            if (options.LegacyHeaders)
            {
                WriteLegacy(headers, most);
            }
        }

        return Task.CompletedTask;
    }

    private static void WriteStandard(IHeaderDictionary headers, IReadOnlyList<RateLimitDecision> decisions)
    {
        // What the handler, or a server behind it, said itself is not ours to change.
        if (headers.ContainsKey(Standard) || headers.ContainsKey(StandardPolicy))
        {
            return;
        }

        string? policies = null;
        string? limits = null;
        for (var i = 0; i < decisions.Count; i++)
        {
            var decision = decisions[i];
            if (MostRestrictiveDecision.IsVisible(decision))
            {
                var text = PolicyText.Of(decision.Policy!);
                policies = policies is null ? text.Policy : policies + ", " + text.Policy;
                limits = limits is null ? Member(text.Name, decision) : limits + ", " + Member(text.Name, decision);
            }
        }

        headers[StandardPolicy] = policies;
        headers[Standard] = limits;
    }

    private static string Member(string name, in RateLimitDecision decision) => Seconds.Reset(decision) is { } reset
        ? string.Create(CultureInfo.InvariantCulture, $"{name};r={PolicyText.Integer(decision.Remaining)};t={reset}")
        : string.Create(CultureInfo.InvariantCulture, $"{name};r={PolicyText.Integer(decision.Remaining)}");

    private static void WriteLegacy(IHeaderDictionary headers, in RateLimitDecision decision)
    {
        if (headers.ContainsKey("X-RateLimit-Limit") || headers.ContainsKey("X-RateLimit-Remaining") || headers.ContainsKey("X-RateLimit-Reset"))
        {
            return;
        }

        headers["X-RateLimit-Limit"] = decision.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        if (Seconds.Reset(decision) is { } reset)
        {
            headers["X-RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
        }
    }
}
