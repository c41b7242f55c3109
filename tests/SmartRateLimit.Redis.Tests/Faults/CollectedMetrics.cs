using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>Sums what the library's meter counts for one backend, by instrument and, where there is one, state or outcome.</summary>
internal sealed class CollectedMetrics : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly MeterListener _listener = new();

    public CollectedMetrics(string backend)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RateLimitTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) =>
        {
            if (Label(labels, "smartratelimit.backend") == backend)
            {
                var detail = Label(labels, "smartratelimit.circuit.state") ?? Label(labels, "smartratelimit.outcome");
                _sums.AddOrUpdate(detail is null ? instrument.Name : $"{instrument.Name}:{detail}", value, (_, sum) => sum + value);
            }
        });
        _listener.Start();
    }

    public long this[string name] => _sums.GetValueOrDefault(name);

    public void Dispose() => _listener.Dispose();

    private static string? Label(ReadOnlySpan<KeyValuePair<string, object?>> labels, string name)
    {
        foreach (var (key, value) in labels)
        {
            if (key == name)
            {
                return value as string;
            }
        }

        return null;
    }
}
