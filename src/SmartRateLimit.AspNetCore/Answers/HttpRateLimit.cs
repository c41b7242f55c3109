using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore;

/// <summary>What was decided about one request. Not safe for use by several threads at once, as the request itself is not.</summary>
public sealed class HttpRateLimit
{
    // Nearly every request has one limit and one decision, for which a list each would be the most that is allocated.
    private RateLimitDecision _first;
    private int _count;
    private List<RateLimitDecision>? _decisions;
    private LimitPlan? _enforced;
    private List<LimitPlan>? _alsoEnforced;

    private HttpRateLimit(HttpContext context) => Context = context;

    /// <summary>Every decision of this request so far, in the order in which they were made.</summary>
    public IReadOnlyList<RateLimitDecision> Decisions => _decisions ??= [.. Made];

    /// <summary>Whether every limit admitted the request; a limit that only observes always does.</summary>
    public bool IsAllowed
    {
        get
        {
            foreach (ref readonly var decision in Made)
            {
                if (!decision.IsAllowed)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>
    /// The rejection with the longest retry-after, or else the admission with the least remaining; <see langword="null"/>
    /// when nothing limits the request. Limits that only observe, and skipped ones, do not count.
    /// </summary>
    public RateLimitDecision? MostRestrictive => MostRestrictiveDecision.Of(Made) is >= 0 and var index ? Made[index] : null;

    /// <summary>The decisions so far, as long as none is added.</summary>
    internal ReadOnlySpan<RateLimitDecision> Made =>
        _decisions is null ? MemoryMarshal.CreateReadOnlySpan(ref _first, _count) : CollectionsMarshal.AsSpan(_decisions);

    internal HttpContext Context { get; }

    internal HttpSettings? Settings { get; set; }

    internal bool HasHeaders { get; set; }

    /// <summary>The endpoint that the middleware saw when it decided.</summary>
    internal Endpoint? Decided { get; set; }

    internal static HttpRateLimit Of(HttpContext context)
    {
        var status = context.Features.Get<HttpRateLimit>();
        if (status is null)
        {
            context.Features.Set(status = new HttpRateLimit(context));
        }

        return status;
    }

    internal void Add(in RateLimitDecision decision)
    {
        if (_count == 0 && _decisions is null)
        {
            (_first, _count) = (decision, 1);
        }
        else
        {
            (_decisions ??= [.. Made]).Add(decision);
        }
    }

    /// <summary>Whether the request has not been charged for this limit yet.</summary>
    internal bool TryEnforce(LimitPlan limit)
    {
        if (_enforced is null)
        {
            _enforced = limit;
            return true;
        }

        if (_enforced.IsSame(limit) || _alsoEnforced?.Exists(limit.IsSame) is true)
        {
            return false;
        }

        (_alsoEnforced ??= []).Add(limit);
        return true;
    }
}
