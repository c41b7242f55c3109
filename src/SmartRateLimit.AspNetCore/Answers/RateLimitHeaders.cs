using System.Globalization;
using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Answers;

/// <summary>Writes the headers of a limited response when it starts, so that decisions made on the way are told as well.</summary>
internal static class RateLimitHeaders
{
    private const string StandardPolicy = "RateLimit-Policy";
    private const string Standard = "RateLimit";
    private const string LegacyLimit = "X-RateLimit-Limit";
    private const string LegacyRemaining = "X-RateLimit-Remaining";
    private const string LegacyReset = "X-RateLimit-Reset";

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

            // What the handler, or a server behind it, said itself is not ours to change. Looking is cheap before the first is set.
            var (isStandard, isLegacy) = (options.StandardHeaders && !HasStandard(headers), options.LegacyHeaders && !HasLegacy(headers));
            if (isStandard)
            {
                WriteStandard(headers, decisions);
            }

            if (isLegacy)
            {
                WriteLegacy(headers, decisions[most]);
            }
        }

        return Task.CompletedTask;
    }

    private static bool HasStandard(IHeaderDictionary headers) => headers.ContainsKey(Standard) || headers.ContainsKey(StandardPolicy);

    private static bool HasLegacy(IHeaderDictionary headers) =>
        headers.ContainsKey(LegacyLimit) || headers.ContainsKey(LegacyRemaining) || headers.ContainsKey(LegacyReset);

    private static void WriteStandard(IHeaderDictionary headers, ReadOnlySpan<RateLimitDecision> decisions)
    {
        PolicyText? policies = null;
        string? limits = null;
        foreach (ref readonly var decision in decisions)
        {
            if (MostRestrictiveDecision.IsVisible(decision))
            {
                var text = PolicyText.Of(decision.Policy!);
                policies = policies is null ? text : policies.And(text);
                var limit = text.Limit(decision.Remaining, Seconds.Reset(decision));
                limits = limits is null ? limit : limits + ", " + limit;
            }
        }

        headers[StandardPolicy] = policies?.Policy;
        headers[Standard] = limits;
    }

    private static void WriteLegacy(IHeaderDictionary headers, in RateLimitDecision decision)
    {
        headers[LegacyLimit] = PolicyText.Of(decision.Policy!).Number(decision.Limit);
        headers[LegacyRemaining] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        if (Seconds.Reset(decision) is { } reset)
        {
            headers[LegacyReset] = reset.ToString(CultureInfo.InvariantCulture);
        }
    }
}
