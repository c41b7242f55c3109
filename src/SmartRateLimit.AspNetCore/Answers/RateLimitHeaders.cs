using System.Globalization;
using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Writes the headers of a limited response when it starts, so that decisions made on the way are told as well.</summary>
internal static class RateLimitHeaders
{
    private const string StandardPolicy = "RateLimit-Policy";
    private const string Standard = "RateLimit";

    /// <summary>Characters for which nothing is rented while a member is written; a longer name may.</summary>
    private const int MemberLength = 128;

    /// <summary>Adds the headers once the response starts.</summary>
    public static void AddTo(HttpRateLimit status)
    {
        var response = status.Context.Response;
        if (!status.HasHeaders && HttpSettings.Of(status).HasHeaders && !response.HasStarted)
        {
            status.HasHeaders = true;
            response.OnStarting(static state => Write((HttpRateLimit)state), status);
        }
    }

    private static Task Write(HttpRateLimit status)
    {
        var decisions = status.Made;
        if (MostRestrictiveDecision.Of(decisions) is >= 0 and var most)
        {
            var options = HttpSettings.Of(status).Options;
            var headers = status.Context.Response.Headers;
            if (options.StandardHeaders)
            {
                WriteStandard(headers, decisions);
            }

            if (options.LegacyHeaders)
            {
                WriteLegacy(headers, decisions[most]);
            }
        }

        return Task.CompletedTask;
    }

    private static void WriteStandard(IHeaderDictionary headers, ReadOnlySpan<RateLimitDecision> decisions)
    {
        // What the handler, or a server behind it, said itself is not ours to change.
        if (headers.ContainsKey(Standard) || headers.ContainsKey(StandardPolicy))
        {
            return;
        }

        string? policies = null;
        string? limits = null;
        foreach (ref readonly var decision in decisions)
        {
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
        ? string.Create(CultureInfo.InvariantCulture, stackalloc char[MemberLength], $"{name};r={PolicyText.Integer(decision.Remaining)};t={reset}")
        : string.Create(CultureInfo.InvariantCulture, stackalloc char[MemberLength], $"{name};r={PolicyText.Integer(decision.Remaining)}");

    private static void WriteLegacy(IHeaderDictionary headers, in RateLimitDecision decision)
    {
        if (headers.ContainsKey("X-RateLimit-Limit") || headers.ContainsKey("X-RateLimit-Remaining") || headers.ContainsKey("X-RateLimit-Reset"))
        {
            return;
        }

        headers["X-RateLimit-Limit"] = PolicyText.Of(decision.Policy!).Number(decision.Limit);
        headers["X-RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        if (Seconds.Reset(decision) is { } reset)
        {
            headers["X-RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
        }
    }
}
