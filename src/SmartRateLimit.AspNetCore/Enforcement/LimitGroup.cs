using Microsoft.AspNetCore.Http;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>Several limits of one request as requests that are decided together.</summary>
internal static class LimitGroup
{
    /// <summary>One request per bucket: a limit that an endpoint has twice, from its class and its base class, is charged once.</summary>
    public static RateLimitRequest[] Requests(HttpContext context, LimitPlan[] limits)
    {
        var requests = new List<RateLimitRequest>(limits.Length);
        foreach (var limit in limits)
        {
            var request = limit.Request(context);
            if (!requests.Exists(other => IsSame(request, other)))
            {
                requests.Add(request);
            }
        }

        return [.. requests];
    }

    /// <summary>The limit that a rejection of all is due to.</summary>
    public static LimitPlan Owner(LimitPlan[] limits, RateLimitRequest[] requests, RateLimitDecision[] decisions, RateLimitDecision together)
    {
        var index = Math.Max(0, Array.IndexOf(decisions, together));
        return Array.Find(limits, limit => ReferenceEquals(limit.Policy, requests[index].Policy)) ?? limits[0];
    }

    private static bool IsSame(in RateLimitRequest request, in RateLimitRequest other) =>
        request.Policy == other.Policy && request.Cost == other.Cost && request.Key.Span.SequenceEqual(other.Key.Span);
}
