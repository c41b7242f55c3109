using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SmartRateLimit.AspNetCore.Answers;
using SmartRateLimit.AspNetCore.Keys;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>Decides every limit of a request together, before its arguments are bound, and answers what is rejected.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, IRateLimiter limiter, HttpSettingsSource settings)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var current = settings.Current;
        var status = HttpRateLimit.Of(context);
        status.Settings = current;
        status.Decided = context.GetEndpoint();
        var limits = Pending(context, status, current.LimitsFor(context));
        if (limits.Length > 0)
        {
            await LoadSessionAsync(context, limits).ConfigureAwait(false);
            var (decision, limit) = await DecideAsync(context, status, limits).ConfigureAwait(false);
            RateLimitHeaders.AddTo(status);
            if (!decision.IsAllowed && current.Options.Block)
            {
                await Rejection.WriteAsync(context, decision, Rejection.StatusOf(decision), limit.Rejection).ConfigureAwait(false);
                return;
            }
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (RateLimitExceededException exceeded) when (!context.Response.HasStarted)
        {
            await ExceededAnswer.WriteAsync(context, exceeded).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The limits that this request has not been charged for yet. A class and its base class may ask for the same one, and
    /// a pipeline may run twice for one request, to show an error page or because the middleware stands in it twice.
    /// </summary>
    private static LimitPlan[] Pending(HttpContext context, HttpRateLimit status, LimitPlan[] limits)
    {
        LimitPlan[]? left = null;
        var pending = 0;
        for (var i = 0; i < limits.Length; i++)
        {
            if (IsPending(context, status, limits[i]))
            {
                left?[pending] = limits[i];
                pending++;
            }
            else
            {
                left ??= [.. limits];
            }
        }

        return left is null ? limits : left[..pending];
    }

    private static bool IsPending(HttpContext context, HttpRateLimit status, LimitPlan limit)
    {
        if (!status.TryEnforce(limit))
        {
            return false;
        }

        var isSkipped = limit.IsSkipped(context);
        if (isSkipped)
        {
            status.Add(Skipped(limit.Policy));
        }

        return !isSkipped;
    }

    private static RateLimitDecision Skipped(RateLimitPolicy policy) =>
        new(policy.Program.Cases.Get(0, -1, RateLimitReason.Skipped, false), policy.Program.Capacity, 0, 0);

    private static Task LoadSessionAsync(HttpContext context, LimitPlan[] limits)
    {
        foreach (var limit in limits)
        {
            if (limit.Key.Needs.HasFlag(KeyNeeds.Session) && context.Features.Get<ISessionFeature>() is { } feature)
            {
                // Reading a key is synchronous; a session that is not loaded yet would block the thread on its store.
                return feature.Session.LoadAsync(context.RequestAborted);
            }
        }

        return Task.CompletedTask;
    }

    private async ValueTask<(RateLimitDecision Decision, LimitPlan Limit)> DecideAsync(HttpContext context, HttpRateLimit status, LimitPlan[] limits)
    {
        if (limits.Length == 1)
        {
            var decision = await limits[0].Acquire(limiter, context).ConfigureAwait(false);
            status.Add(decision);
            return (decision, limits[0]);
        }

        var requests = Array.ConvertAll(limits, limit => limit.Request(context));
        var decisions = new RateLimitDecision[requests.Length];
        var together = await limiter.AcquireAllAsync(requests, decisions, context.RequestAborted).ConfigureAwait(false);
        foreach (var decision in decisions)
        {
            status.Add(decision);
        }

        // A rejection of all is due to the limit whose own decision it is.
        return (together, limits[Math.Max(0, Array.IndexOf(decisions, together))]);
    }
}
