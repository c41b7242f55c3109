using System.Diagnostics;
using System.Globalization;

namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>Times a row in pairs: reference and subject in turn, so that what disturbs the machine disturbs both.</summary>
internal static class PairTimer
{
    private static long s_sink;

    public static void Run(this Sheet sheet, IBenchmarkRow row)
    {
        var (forReference, forSubject) = (Calibrate(row.RunReference, sheet.Effort), Calibrate(row.RunSubject, sheet.Effort));
        var (reference, subject, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var pair = 0; pair < sheet.Effort.Pairs; pair++)
        {
            reference.Add(Time(row.RunReference, forReference));
            subject.Add(Time(row.RunSubject, forSubject));
            ratios.Add(reference[^1] / subject[^1]);
        }

        sheet.Add(new Figure(
            row.Name,
            row.Reference,
            Describe(Spread.Of(reference).Median, Bytes(row.RunReference, forReference)),
            Describe(Spread.Of(subject).Median, Bytes(row.RunSubject, forSubject)),
            Spread.Of(ratios),
            row.Target));
    }

    /// <summary>Warms up until the code is optimized, and finds how often to run it in a slice.</summary>
    private static int Calibrate(Func<int, long> run, Effort effort)
    {
        var times = 64;
        for (var round = 0; round < 4; round++)
        {
            s_sink += run(64);
            Thread.Sleep(round < 2 ? 120 : 0);
        }

        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            s_sink += run(times);
            var took = Stopwatch.GetElapsedTime(began);
            if (took >= effort.Slice / 4)
            {
                return (int)Math.Clamp(times * (effort.Slice / took), 64, 1 << 28);
            }

            times *= 2;
        }
    }

    private static double Time(Func<int, long> run, int times)
    {
        var began = Stopwatch.GetTimestamp();
        s_sink += run(times);
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / times;
    }

    private static double Bytes(Func<int, long> run, int times)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        s_sink += run(times);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / times;
    }

    private static string Describe(double nanoseconds, double bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0.0} ns, {bytes:0} B");
}
