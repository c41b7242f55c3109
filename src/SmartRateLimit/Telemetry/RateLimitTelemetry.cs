namespace SmartRateLimit;

/// <summary>The names under which telemetry can be subscribed to.</summary>
public static class RateLimitTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "SmartRateLimit";

    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "SmartRateLimit";

    internal static string? Version { get; } = typeof(RateLimitTelemetry).Assembly.GetName().Version?.ToString(3);
}
