using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace SmartRateLimit.Telemetry;

/// <summary>
/// The instruments of the meter <c>SmartRateLimit</c>. Labels are names that developers chose, never keys, so their
/// number does not grow with the callers.
/// </summary>
internal static class DecisionMetrics
{
    public const string Policy = "smartratelimit.policy";
    public const string Outcome = "smartratelimit.outcome";
    public const string Backend = "smartratelimit.backend";

    /// <summary>Instead of a timestamp where nobody measures.</summary>
    public const long NotMeasured = long.MinValue;

    private static readonly Counter<long> Decisions =
        RateLimitTelemetry.Meter.CreateCounter<long>("smartratelimit.decisions", "{decision}", "Decisions, by policy and outcome.");

    private static readonly Counter<long> Degraded =
        RateLimitTelemetry.Meter.CreateCounter<long>("smartratelimit.decisions.degraded", "{decision}", "Decisions that a fallback made because the backend could not.");

    private static readonly Histogram<double> Duration =
        RateLimitTelemetry.Meter.CreateHistogram<double>("smartratelimit.decision.duration", "s", "How long a decision took, without the wait that it asked for.");

    private static readonly Histogram<double> WaitDuration =
        RateLimitTelemetry.Meter.CreateHistogram<double>("smartratelimit.wait.duration", "s", "How long admitted calls were made to wait.");

    private static readonly UpDownCounter<long> Waiting =
        RateLimitTelemetry.Meter.CreateUpDownCounter<long>("smartratelimit.waiting", "{call}", "Admitted calls that are waiting now.");

    /// <summary>Whether anybody listens to what every decision tells.</summary>
    public static bool IsOn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Decisions.Enabled | Duration.Enabled;
    }

    public static bool CountsWaiting => Waiting.Enabled;

    public static long Start(TimeProvider time) => Duration.Enabled ? time.GetTimestamp() : NotMeasured;

    public static void Decided(in RateLimitDecision decision, IRateLimitBackend backend)
    {
        if (Decisions.Enabled)
        {
            Decisions.Add(1, new(Policy, decision.Policy?.Name), new(Outcome, Outcomes.Of(decision)), new(Backend, backend.Name));
        }

        if (decision.IsDegraded && Degraded.Enabled)
        {
            Degraded.Add(1, new(Policy, decision.Policy?.Name), new(Backend, backend.Name));
        }
    }

    public static void Took(TimeSpan elapsed, IRateLimitBackend backend) =>
        Duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>(Backend, backend.Name));

    public static void WaitStarted(RateLimitPolicy? policy) =>
        Waiting.Add(1, new KeyValuePair<string, object?>(Policy, policy?.Name));

    public static void WaitEnded(RateLimitPolicy? policy) =>
        Waiting.Add(-1, new KeyValuePair<string, object?>(Policy, policy?.Name));

    public static void Waited(RateLimitPolicy? policy, TimeSpan wait)
    {
        if (WaitDuration.Enabled)
        {
            WaitDuration.Record(wait.TotalSeconds, new KeyValuePair<string, object?>(Policy, policy?.Name));
        }
    }
}
