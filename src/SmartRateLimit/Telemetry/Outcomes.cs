namespace SmartRateLimit.Telemetry;

/// <summary>A decision's reason as telemetry writes it.</summary>
internal static class Outcomes
{
    public static string Of(in RateLimitDecision decision) => decision.Reason switch
    {
        RateLimitReason.Allowed => "allowed",
        RateLimitReason.Exceeded => "exceeded",
        RateLimitReason.CostExceedsLimit => "cost_exceeds_limit",
        RateLimitReason.Skipped => "skipped",
        RateLimitReason.Shadowed => "shadowed",
        _ => "backend_unavailable",
    };
}
