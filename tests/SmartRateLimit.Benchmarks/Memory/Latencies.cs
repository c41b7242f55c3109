using System.Diagnostics;
using System.Globalization;
using SmartRateLimit.Benchmarks.Measuring;

namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>How long single calls take while two threads ask for one key.</summary>
internal static class Latencies
{
    private const int Calls = 200_000;

    public static void Note(Sheet sheet)
    {
        var service = MemorySection.Service();
        using var platform = Platform.Partitioned(Platform.Wide);
        var key = MemorySection.Keys(1);
        (string Name, Func<int> Call)[] calls =
        [
            ("one rate", () => service.Get(key[0])),
            ("three rates", () => service.GetThrice(key[0])),
            ("two attributes", () => service.GetBoth(key[0])),
            ("sliding window", () => service.GetLogged(key[0])),
            ("window counter", () => service.GetCounted(key[0])),
            ("the platform's token bucket", () => (int)platform.Run(key, 1)),
        ];
        sheet.Note("Two threads on one key, single calls, p50 / p99 / p99.9, each with the reading of the clock: "
            + string.Join("; ", calls.Select(call => call.Name + " " + Measure(call.Call))) + ".");
    }

    private static string Measure(Func<int> call)
    {
        var all = new long[2][];
        Parallel.For(0, 2, thread =>
        {
            var own = new long[Calls];
            for (var i = 0; i < Calls; i++)
            {
                var began = Stopwatch.GetTimestamp();
                _ = call();
                own[i] = Stopwatch.GetTimestamp() - began;
            }

            all[thread] = own[(Calls / 10)..];
        });
        var sorted = all.SelectMany(own => own).Order().ToArray();
        return string.Join(" / ", new[] { 0.5, 0.99, 0.999 }.Select(part =>
            string.Create(CultureInfo.InvariantCulture, $"{sorted[(int)(sorted.Length * part)] * 1e9 / Stopwatch.Frequency:0} ns")));
    }
}
