using System.Globalization;
using SmartRateLimit.Benchmarks.Measuring;

namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>The generated wrapper on the memory backend beside the platform's partitioned limiter.</summary>
internal static class MemorySection
{
    private const string Platforms = "platform, partitioned token bucket";

    public static Task RunAsync(Sheet sheet)
    {
        Keyed(sheet, 1, 4);
        Keyed(sheet, 1_000, 4);
        Keyed(sheet, 100_000, 8);
        Keyed(sheet, 1_000_000, 6);
        return Task.CompletedTask;
    }

    private static void Keyed(Sheet sheet, int count, double target)
    {
        var keys = Keys(count);
        var service = new LimitedService(new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { MaxKeys = 2_000_000 })));
        using var platform = Platform.Partitioned(Platform.Wide);
        _ = platform.Run(keys, keys.Length);
        _ = Run(service, keys, keys.Length);
        sheet.Run(new Row(
            string.Create(CultureInfo.InvariantCulture, $"allowed, {count:N0} keys"), Platforms, target, times => platform.Run(keys, times), times => Run(service, keys, times)));
    }

    /// <summary>Keys in an order in which memory cannot be fetched ahead.</summary>
    public static string[] Keys(int count)
    {
        var keys = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"tenant-{i:0000000}-eu-w1")).ToArray();
        new Random(1).Shuffle(keys);
        return keys;
    }

    private static long Run(LimitedService service, string[] keys, int times)
    {
        var sum = 0L;
        for (int i = 0, next = 0; i < times; i++)
        {
            sum += service.Get(keys[next]);
            next = ++next < keys.Length ? next : 0;
        }

        return sum;
    }
}
