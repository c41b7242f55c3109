using System.Diagnostics.Metrics;

namespace SmartRateLimit.Resilience;

/// <summary>What the meter <c>SmartRateLimit</c> says of circuit breakers, by backend.</summary>
internal static class CircuitMetrics
{
    private static readonly Counter<long> Changes =
        RateLimitTelemetry.Meter.CreateCounter<long>("smartratelimit.circuit.changes", "{change}", "Changes of a circuit breaker's state, by the state entered.");

    private static readonly UpDownCounter<long> Broken =
        RateLimitTelemetry.Meter.CreateUpDownCounter<long>("smartratelimit.circuit.broken", "{circuit}", "Circuit breakers that are not closed.");

    public static void Changed(string backend, CircuitStateChangedEventArgs change)
    {
        var label = new KeyValuePair<string, object?>("smartratelimit.backend", backend);
        Changes.Add(1, label, new("smartratelimit.circuit.state", Text(change.Current)));
        if ((change.Previous == CircuitState.Closed) != (change.Current == CircuitState.Closed))
        {
            Broken.Add(change.Current == CircuitState.Closed ? -1 : 1, label);
        }
    }

    private static string Text(CircuitState state) => state switch
    {
        CircuitState.Closed => "closed",
        CircuitState.Open => "open",
        _ => "half_open",
    };
}
