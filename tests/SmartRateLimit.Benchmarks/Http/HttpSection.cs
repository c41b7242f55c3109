using System.Diagnostics;
using System.Globalization;
using SmartRateLimit.Benchmarks.Measuring;

namespace SmartRateLimit.Benchmarks.Http;

/// <summary>What a limit costs a server beside the same server without one, and beside ASP.NET Core's own middleware.</summary>
internal static class HttpSection
{
    private const int Pipelined = 16;

    private static readonly Limiting[] Servers = Enum.GetValues<Limiting>();

    public static Task RunAsync(Sheet sheet)
    {
        var costs = Servers.ToDictionary(limiting => limiting, _ => new List<double>());
        var rates = Servers.ToDictionary(limiting => limiting, _ => new List<double>());
        var beds = Servers.ToDictionary(limiting => limiting, limiting => new HttpBed(limiting, Pipelined));
        try
        {
            var requests = beds[Limiting.None].Calibrate(sheet.Effort.Slice * 5);
            foreach (var bed in beds.Values)
            {
                // Until the server's code is optimized.
                bed.Warm(requests);
            }

            for (var pair = 0; pair < sheet.Effort.Pairs; pair++)
            {
                foreach (var (limiting, bed) in beds)
                {
                    var (cost, rate) = bed.Measure(requests);
                    costs[limiting].Add(cost);
                    rates[limiting].Add(rate);
                }
            }
        }
        finally
        {
            foreach (var bed in beds.Values)
            {
                bed.Dispose();
            }
        }

        Extra(sheet, "extra processor time a request, five headers", costs, Limiting.WithHeaders, 1);
        Extra(sheet, "extra processor time a request, no headers", costs, Limiting.WithoutHeaders, 0.5);
        Extra(sheet, "extra processor time a request, ASP.NET's middleware (no headers)", costs, Limiting.Platform, null);
        foreach (var limiting in Servers.Where(limiting => limiting != Limiting.None))
        {
            var ratios = rates[limiting].Zip(rates[Limiting.None], (limited, free) => limited / free);
            sheet.Add(new Figure(
                "requests a second, " + Name(limiting),
                "no limiter",
                Thousands(rates[Limiting.None]),
                Thousands(rates[limiting]),
                Spread.Of(ratios),
                null));
        }

        sheet.Note(string.Create(CultureInfo.InvariantCulture, $"\nKestrel in a process of its own, {Pipelined} requests in a pipeline on each of 8 connections, limited by a header. The ratio of the first rows is the allowed extra to the measured one."));
        return Task.CompletedTask;
    }

    private static void Extra(Sheet sheet, string name, Dictionary<Limiting, List<double>> costs, Limiting limiting, double? allowed)
    {
        var extras = Spread.Of(costs[limiting].Zip(costs[Limiting.None], (limited, free) => limited - free));
        var wanted = allowed ?? 1;
        sheet.Add(new Figure(
            name,
            string.Create(CultureInfo.InvariantCulture, $"the most wanted: {wanted:0.0} µs"),
            string.Create(CultureInfo.InvariantCulture, $"{Spread.Of(costs[Limiting.None]).Median:0.00} µs without a limiter"),
            string.Create(CultureInfo.InvariantCulture, $"{extras.Median:0.00} ({extras.Least:0.00}-{extras.Most:0.00}) µs"),
            new Spread(wanted / Math.Max(0.01, extras.Median), wanted / Math.Max(0.01, extras.Most), wanted / Math.Max(0.01, extras.Least)),
            allowed is null ? null : 1));
    }

    private static string Name(Limiting limiting) => limiting switch
    {
        Limiting.WithHeaders => "ours, five headers",
        Limiting.WithoutHeaders => "ours, no headers",
        Limiting.Platform => "ASP.NET's middleware",
        Limiting.None or _ => "no limiter",
    };

    private static string Thousands(IEnumerable<double> rates) => string.Create(CultureInfo.InvariantCulture, $"{Spread.Of(rates).Median:N0}/s");

    /// <summary>A server and its clients.</summary>
    private sealed class HttpBed(Limiting limiting, int depth) : IDisposable
    {
        private readonly ServerProcess _server = new(limiting);
        private PipeliningClients? _clients;

        private PipeliningClients Clients => _clients ??= new PipeliningClients(_server.Port, depth);

        public void Warm(int requests)
        {
            for (var round = 0; round < 4; round++)
            {
                Clients.Run(requests / 2);
                Thread.Sleep(150);
            }
        }

        public int Calibrate(TimeSpan slice)
        {
            Warm(20_000);
            var began = Stopwatch.GetTimestamp();
            Clients.Run(20_000);
            return Clients.Rounded((int)(20_000 * (slice / Stopwatch.GetElapsedTime(began))));
        }

        /// <summary>Microseconds of the server's processor time per request, and requests a second.</summary>
        public (double Cost, double Rate) Measure(int requests)
        {
            var before = _server.ProcessorTime;
            var began = Stopwatch.GetTimestamp();
            Clients.Run(requests);
            var took = Stopwatch.GetElapsedTime(began);
            return ((_server.ProcessorTime - before).TotalMicroseconds / requests, requests / took.TotalSeconds);
        }

        public void Dispose()
        {
            _clients?.Dispose();
            _server.Dispose();
        }
    }
}
