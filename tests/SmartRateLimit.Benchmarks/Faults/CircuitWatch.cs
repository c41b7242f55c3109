using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>When circuits changed their states, as the library's meter tells.</summary>
internal sealed class CircuitWatch : IDisposable
{
    private readonly MeterListener _listener = new();

    public CircuitWatch()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "smartratelimit.circuit.changes")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, labels, _) =>
        {
            foreach (var (name, value) in labels)
            {
                if (name == "smartratelimit.circuit.state")
                {
                    Changes.Enqueue((Stopwatch.GetTimestamp(), (string)value!));
                }
            }
        });
        _listener.Start();
    }

    public ConcurrentQueue<(long Time, string State)> Changes { get; } = new();

    /// <summary>How long after a moment a state was first entered; <see langword="null"/> means not yet.</summary>
    public TimeSpan? After(long moment, string state)
    {
        foreach (var change in Changes)
        {
            if (change.Time >= moment && change.State == state)
            {
                return Stopwatch.GetElapsedTime(moment, change.Time);
            }
        }

        return null;
    }

    public void Dispose() => _listener.Dispose();
}
