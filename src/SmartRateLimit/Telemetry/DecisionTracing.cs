using System.Diagnostics;

namespace SmartRateLimit.Telemetry;

/// <summary>The activities of the source <c>SmartRateLimit</c>: one per acquire, wait included. They carry no key.</summary>
internal static class DecisionTracing
{
    public const string ActivityName = "smartratelimit.acquire";

    private static readonly ActivitySource Source = new(RateLimitTelemetry.ActivitySourceName, RateLimitTelemetry.Version);

    public static bool IsOn => Source.HasListeners();

    public static RateLimitDecision Trace(Func<RateLimitDecision> decide)
    {
        using var activity = Source.StartActivity(ActivityName);
        try
        {
            var decision = decide();
            Decided(activity, decision);
            return decision;
        }
        catch (Exception exception)
        {
            Failed(activity, exception);
            throw;
        }
    }

    // The activity is started inside an asynchronous method so that it never becomes the caller's own current one.
    public static async ValueTask<RateLimitDecision> TraceAsync(Func<ValueTask<RateLimitDecision>> decide)
    {
        using var activity = Source.StartActivity(ActivityName);
        try
        {
            var decision = await decide().ConfigureAwait(false);
            Decided(activity, decision);
            return decision;
        }
        catch (Exception exception)
        {
            Failed(activity, exception);
            throw;
        }
    }

    private static void Decided(Activity? activity, in RateLimitDecision decision)
    {
        if (activity is not { IsAllDataRequested: true })
        {
            return;
        }

        activity.SetTag(DecisionMetrics.Policy, decision.Policy?.Name);
        activity.SetTag(DecisionMetrics.Outcome, Outcomes.Of(decision));
        activity.SetTag("smartratelimit.remaining", decision.Remaining);
        if (decision.IsDegraded)
        {
            activity.SetTag("smartratelimit.degraded", true);
        }
    }

    private static void Failed(Activity? activity, Exception exception)
    {
        activity?.SetTag("error.type", exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error);
    }
}
