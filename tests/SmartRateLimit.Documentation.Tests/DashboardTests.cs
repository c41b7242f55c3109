using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using SmartRateLimit.Testing;

namespace SmartRateLimit.Documentation.Tests;

/// <summary>The dashboard and the page ask for nothing that the meter does not say, and leave nothing of it out.</summary>
public sealed partial class DashboardTests
{
    private static readonly string[] Labels = ["smartratelimit_policy", "smartratelimit_outcome", "smartratelimit_backend", "smartratelimit_circuit_state"];

    [Fact]
    public void The_dashboard_has_every_instrument_of_the_meter_and_no_other()
    {
        var names = Instruments().SelectMany(PrometheusNames).ToArray();
        var asked = Name().Matches(Repository.Read("docs/dashboard.json")).Select(match => match.Value)
            .Except(Labels).Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.NotEmpty(asked);
        Assert.Equal(names.Order(StringComparer.Ordinal), asked);
    }

    [Fact]
    public void The_page_lists_every_instrument_with_its_kind_and_unit()
    {
        var page = Repository.Read("docs/metrics.md");

        Assert.All(Instruments(), instrument => Assert.Contains($"| `{instrument.Name}` | {Kind(instrument)}, `{instrument.Unit}` |", page, StringComparison.Ordinal));
    }

    /// <summary>The names under which an OpenTelemetry collector exports an instrument to Prometheus. Of a histogram the dashboard asks for the buckets.</summary>
    private static IEnumerable<string> PrometheusNames(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        return instrument switch
        {
            Counter<long> => [name + "_total"],
            Histogram<double> when instrument.Unit == "s" => [name + "_seconds_bucket"],
            UpDownCounter<long> => [name],
            _ => throw new InvalidOperationException($"The instrument {instrument.Name} is of a kind that this test does not know."),
        };
    }

    private static string Kind(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> => "histogram",
        _ => "up-down counter",
    };

    private static IReadOnlyCollection<Instrument> Instruments()
    {
        var instruments = new ConcurrentDictionary<string, Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => Keep(instrument) };
        listener.Start();
        new TestRateLimiter().Acquire(RateLimitPolicy.Parse("dashboard", "1/s"), "key");
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(
            typeof(RateLimitTelemetry).Assembly.GetType("SmartRateLimit.Resilience.CircuitMetrics", throwOnError: true)!.TypeHandle);
        return [.. instruments.Values];

        void Keep(Instrument instrument)
        {
            if (instrument.Meter.Name == RateLimitTelemetry.MeterName)
            {
                instruments.TryAdd(instrument.Name, instrument);
            }
        }
    }

    [GeneratedRegex("smartratelimit_[a-z_]+")]
    private static partial Regex Name();
}
