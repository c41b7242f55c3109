using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore;

/// <summary>What was decided about one request. Not safe for use by several threads at once, as the request itself is not.</summary>
public sealed class HttpRateLimit
{
    private readonly List<RateLimitDecision> _decisions = [];
    private readonly List<LimitPlan> _enforced = [];

    internal HttpRateLimit()
    {
    }

    /// <summary>Every decision of this request so far, in the order in which they were made.</summary>
    public IReadOnlyList<RateLimitDecision> Decisions => _decisions;

    /// <summary>Whether every limit admitted the request; a limit that only observes always does.</summary>
    public bool IsAllowed => _decisions.TrueForAll(decision => decision.IsAllowed);

    /// <summary>
    /// The rejection with the longest retry-after, or else the admission with the least remaining; <see langword="null"/>
    /// when nothing limits the request. Limits that only observe, and skipped ones, do not count.
    /// </summary>
    public RateLimitDecision? MostRestrictive => MostRestrictiveDecision.Of(_decisions);

    internal HttpSettings? Settings { get; set; }

    internal bool HasHeaders { get; set; }

    /// <summary>The endpoint that the middleware saw when it decided.</summary>
    internal Endpoint? Decided { get; set; }

    internal static HttpRateLimit Of(HttpContext context)
    {
        var status = context.Features.Get<HttpRateLimit>();
        if (status is null)
        {
            context.Features.Set(status = new HttpRateLimit());
        }

        return status;
    }

    internal void Add(in RateLimitDecision decision) => _decisions.Add(decision);

    /// <summary>Whether the request has not been charged for this limit yet.</summary>
    internal bool TryEnforce(LimitPlan limit)
    {
        if (_enforced.Exists(limit.IsSame))
        {
            return false;
        }

        _enforced.Add(limit);
        return true;
    }
}
