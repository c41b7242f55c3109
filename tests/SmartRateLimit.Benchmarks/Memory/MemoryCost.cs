using System.Diagnostics;
using System.Globalization;
using SmartRateLimit.Benchmarks.Measuring;

namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>What a million keys take, in bytes and, while nobody asks, in processor time.</summary>
internal static class MemoryCost
{
    private const int Keys = 1_000_000;

    public static void Add(Sheet sheet)
    {
        var keys = MemorySection.Keys(Keys);
        var policy = RateLimitPolicy.Parse("cost", "1000/h");
        var backend = new MemoryBackend();
        var ours = Bytes(() =>
        {
            foreach (var key in keys)
            {
                _ = backend.Acquire(policy, key, 1);
            }
        });
        var cpu = IdleCpu();
        GC.KeepAlive(backend);
        Debug.Assert(backend.KeyCount == Keys, "Every key is live.");

        var platform = Platform.Partitioned(Platform.Wide);
        var theirs = Bytes(() => platform.Run(keys, keys.Length));
        var theirCpu = IdleCpu();
        platform.Dispose();

        sheet.Add(new Figure(
            "bytes per live key at 1,000,000 keys (target: 40)", MemorySection.Platforms, Invariant($"{theirs:0.0} B"), Invariant($"{ours:0.0} B"), new Spread(theirs / ours, theirs / ours, theirs / ours), theirs / 40));
        sheet.Note(Invariant($"\nWith a million keys and no calls for a second, the process used {cpu:0.0} ms of processor time with ours and {theirCpu:0.0} ms with the platform's."));
    }

    private static double Bytes(Action fill)
    {
        var before = Settled();
        fill();
        return (double)(Settled() - before) / Keys;
    }

    private static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static double IdleCpu()
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        Thread.Sleep(1_000);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
