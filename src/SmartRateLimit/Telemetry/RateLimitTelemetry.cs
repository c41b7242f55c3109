using System.Diagnostics.Metrics;

namespace SmartRateLimit;

/// <summary>The names under which telemetry can be subscribed to.</summary>
public static class RateLimitTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "SmartRateLimit";

    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "SmartRateLimit";

    internal static string? Version { get; } = typeof(RateLimitTelemetry).Assembly.GetName().Version?.ToString(3);

    /// <summary>The one meter of this library. It stands after its version, which has to be read before.</summary>
    internal static Meter Meter { get; } = new(MeterName, Version);
}
