using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace SmartRateLimit.Tests.Telemetry;

/// <summary>A point of a metric, as an exporter would send it; of a histogram, its sum.</summary>
internal sealed record Point(string Metric, double Value, IReadOnlyDictionary<string, object?> Tags);

/// <summary>A metric reader that hands out what it collects.</summary>
internal sealed class CollectingReader : BaseExportingMetricReader
{
    private readonly Exporter _exporter;

    public CollectingReader()
        : this(new Exporter())
    {
    }

    private CollectingReader(Exporter exporter)
        : base(exporter) => _exporter = exporter;

    public IReadOnlyList<Point> Collect()
    {
        Assert.True(base.Collect());
        return _exporter.Points;
    }

    public IEnumerable<Point> Collect(string metric) => Collect().Where(point => point.Metric == metric);

    public IEnumerable<Point> Collect(string metric, string policy) =>
        Collect(metric).Where(point => Equals(point.Tags.GetValueOrDefault("smartratelimit.policy"), policy));

    private sealed class Exporter : BaseExporter<Metric>
    {
        public List<Point> Points { get; private set; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            Points = [];
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    var tags = new Dictionary<string, object?>();
                    foreach (var (name, value) in point.Tags)
                    {
                        tags[name] = value;
                    }

                    var number = metric.MetricType == MetricType.Histogram ? point.GetHistogramSum() : point.GetSumLong();
                    Points.Add(new Point(metric.Name, number, tags));
                }
            }

            return ExportResult.Success;
        }
    }
}

/// <summary>Keeps ended activities.</summary>
internal sealed class CollectingProcessor : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _ended = new();

    public IEnumerable<Activity> All => _ended;

    public IEnumerable<Activity> Of(string policy) => _ended.Where(span => Equals(span.GetTagItem("smartratelimit.policy"), policy));

    public override void OnEnd(Activity data) => _ended.Enqueue(data);
}
