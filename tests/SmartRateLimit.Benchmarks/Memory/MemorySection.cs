using System.Diagnostics.Metrics;
using System.Globalization;
using System.Threading.RateLimiting;
using Polly;
using SmartRateLimit.Benchmarks.Measuring;

namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>The generated wrapper on the memory backend beside the platform's limiters, Polly, and the least that can be.</summary>
internal static class MemorySection
{
    public const string Platforms = "platform, partitioned token bucket";

    private const int Composites = 1_000;

    private static readonly RateLimitPolicy OneRate = RateLimitPolicy.Parse("one rate", "1_000_000_000/s");
    private static readonly RateLimitPolicy ThreeRates = RateLimitPolicy.Parse("three rates", "1_000_000_000/s; 60_000_000_000/m; 3_600_000_000_000/h");

    public static Task RunAsync(Sheet sheet)
    {
        WarmUp();
        Keyed(sheet, 1, 4);
        Keyed(sheet, 1_000, 4);
        Keyed(sheet, 100_000, 8);
        Keyed(sheet, 1_000_000, 6);
        Rejected(sheet);
        Floor(sheet);
        Composite(sheet);
        Contended(sheet);
        Disjoint(sheet);
        Rates(sheet);
        Attributes(sheet);
        Pipelines(sheet);
        Listened(sheet);
        MemoryCost.Add(sheet);
        Latencies.Note(sheet);
        return Task.CompletedTask;
    }

    public static LimitedService Service() =>
        new(new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { MaxKeys = 2_000_000 })));

    /// <summary>Keys in an order in which memory cannot be fetched ahead.</summary>
    public static string[] Keys(int count)
    {
        var keys = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"tenant-{i:0000000}-eu-w1")).ToArray();
        new Random(1).Shuffle(keys);
        return keys;
    }

    /// <summary>Until the code that all rows share is compiled for good; the first row would pay for it.</summary>
    private static void WarmUp()
    {
        var keys = Keys(1);
        var service = Service();
        using var platform = Platform.Partitioned(Platform.Wide);
        for (var round = 0; round < 10; round++)
        {
            _ = platform.Run(keys, 20_000) + Run(service, keys, 20_000);
            Thread.Sleep(100);
        }
    }

    private static void Keyed(Sheet sheet, int count, double target)
    {
        var keys = Keys(count);
        var service = Service();
        using var platform = Platform.Partitioned(Platform.Wide);
        _ = platform.Run(keys, keys.Length);
        _ = Run(service, keys, keys.Length);
        sheet.Run(new Row(Name($"allowed, {Count(count)}"), Platforms, target, times => platform.Run(keys, times), times => Run(service, keys, times)));
    }

    private static void Rejected(Sheet sheet)
    {
        var keys = Keys(1_000);
        var service = Service();
        using var platform = Platform.Partitioned(Platform.Narrow);
        _ = platform.Run(keys, keys.Length);
        _ = RunRejected(service, keys, keys.Length);
        sheet.Run(new Row("rejected, 1,000 keys", Platforms, 4, times => platform.Run(keys, times), times => RunRejected(service, keys, times)));
        sheet.Run(new Row("rejected, 1,000 keys", "ours, allowed", 1, times => Run(service, keys, times), times => RunRejected(service, keys, times)));
    }

    private static void Floor(Sheet sheet)
    {
        foreach (var count in (int[])[1, 1_000, 1_000_000])
        {
            var keys = Keys(count);
            var service = Service();
            var floor = new FloorLoop();
            _ = Run(service, keys, keys.Length);
            sheet.Run(new Row(Name($"allowed, {Count(count)}"), "bare hash + coarse clock + compare-and-swap", 1 / 1.5, times => floor.Run(keys, times), times => Run(service, keys, times)));
        }
    }

    private static void Composite(Sheet sheet)
    {
        var keys = Keys(Composites);
        var service = Service();
        using var platform = Platform.Partitioned(Platform.Wide);
        sheet.Run(new Row(
            "key of a string and a number",
            "platform, keyed by the interpolated string",
            3,
            times => Loop(keys, times, (key, i) =>
            {
                using var lease = platform.AttemptAcquire($"{key}:{i % Composites}");
                return lease.IsAcquired ? 1 : 0;
            }),
            times => Loop(keys, times, (key, i) => service.GetPart(key, i % Composites))));
    }

    private static void Contended(Sheet sheet)
    {
        var keys = Keys(1);
        var service = Service();
        using var platform = Platform.Partitioned(Platform.Wide);
        sheet.Run(new Row(
            "two threads on one key",
            Platforms,
            4,
            times => Threads.Run(2, times, (_, share) => platform.Run(keys, share)),
            times => Threads.Run(2, times, (_, share) => Run(service, keys, share))));
        var floor = new FloorLoop();
        sheet.Run(new Row(
            "two threads on one key",
            "two threads with the bare loop",
            null,
            times => Threads.Run(2, times, (_, share) => floor.Run(keys, share)),
            times => Threads.Run(2, times, (_, share) => Run(service, keys, share))));
    }

    private static void Disjoint(Sheet sheet)
    {
        var keys = Keys(2_000);
        var halves = new[] { keys[..1_000], keys[1_000..] };
        var service = Service();
        _ = Run(service, keys, keys.Length);
        sheet.Run(new Row(
            "two threads on keys of their own",
            "one thread",
            1.7,
            times => Run(service, halves[0], times),
            times => Threads.Run(2, times, (thread, share) => Run(service, halves[thread], share))));
        var floor = new FloorLoop();
        sheet.Run(new Row(
            "the bare loop, two threads on keys of their own",
            "the bare loop, one thread",
            null,
            times => floor.Run(halves[0], times),
            times => Threads.Run(2, times, (thread, share) => floor.Run(halves[thread], share))));
    }

    private static void Rates(Sheet sheet)
    {
        var keys = Keys(1_000);
        var limiter = new SmartRateLimiter(new MemoryBackend());
        sheet.Run(new Row(
            "three rates in one policy",
            "one rate",
            0.5,
            times => Loop(keys, times, (key, _) => limiter.Acquire(OneRate, key).IsAllowed ? 1 : 0),
            times => Loop(keys, times, (key, _) => limiter.Acquire(ThreeRates, key).IsAllowed ? 1 : 0)));
        var service = Service();
        sheet.Run(new Row(
            "three rates in one attribute",
            "one rate in one attribute",
            0.5,
            times => Run(service, keys, times),
            times => Loop(keys, times, (key, _) => service.GetThrice(key))));
        foreach (var algorithm in Enum.GetValues<RateLimitAlgorithm>())
        {
            var permits = algorithm switch
            {
                RateLimitAlgorithm.SlidingWindow => 100,
                RateLimitAlgorithm.SlidingWindowCounter => 30_000,
                _ => 1_000_000,
            };
            var policy = new RateLimitPolicy(algorithm.ToString(), new Rate(permits, TimeSpan.FromSeconds(1))) with { Algorithm = algorithm };
            sheet.Run(new Row(
                Name($"{algorithm}, 1,000 keys"),
                "token bucket",
                null,
                times => Loop(keys, times, (key, _) => limiter.Acquire(OneRate, key).IsAllowed ? 1 : 0),
                times => Loop(keys, times, (key, _) => limiter.Acquire(policy, key).IsAllowed ? 1 : 0)));
        }
    }

    private static void Pipelines(Sheet sheet)
    {
        var keys = Keys(1);
        var limiter = new SmartRateLimiter(new MemoryBackend());
        using var bucket = new TokenBucketRateLimiter(Platform.Wide);
        sheet.Run(new Row(
            "without a key",
            "platform, token bucket",
            null,
            times => Loop(keys, times, (_, _) =>
            {
                using var lease = bucket.AttemptAcquire();
                return lease.IsAcquired ? 1 : 0;
            }),
            times => Loop(keys, times, (_, _) => limiter.Acquire(OneRate, RateLimitKey.Global).IsAllowed ? 1 : 0)));

        // The strategy that Polly's own package of rate limiting adds is one that disposes a lease, as this one does.
        var pipeline = new ResiliencePipelineBuilder().AddStrategy(_ => new LimitingStrategy(bucket), new LimitingOptions()).Build();
        var service = Service();
        sheet.Run(new Row(
            "asynchronous method",
            "Polly with the platform's token bucket",
            4,
            times => Loop(keys, times, (key, _) => pipeline.ExecuteAsync(static (text, _) => new ValueTask<int>(text.Length), key).GetAwaiter().GetResult()),
            times => Loop(keys, times, (key, _) => service.GetAsync(key).GetAwaiter().GetResult())));
    }

    private static void Attributes(Sheet sheet)
    {
        var keys = Keys(1_000);
        var service = Service();
        using var all = Platform.Partitioned(Platform.Wide, static _ => "*");
        using var each = Platform.Partitioned(Platform.Wide);
        using var chained = PartitionedRateLimiter.CreateChained(all, each);
        sheet.Run(new Row("two attributes on one method", "platform, two partitioned limiters chained", null, times => chained.Run(keys, times), times => Loop(keys, times, (key, _) => service.GetBoth(key))));
    }

    private static void Listened(Sheet sheet)
    {
        var keys = Keys(1_000);
        var (quiet, heard) = (Service(), Service());
        sheet.Run(new Row("with a listener to every metric", "without", null, times => Run(quiet, keys, times), times =>
        {
            using var listener = new MeterListener { InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument) };
            listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
            listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
            listener.Start();
            return Run(heard, keys, times);
        }));
    }

    public static long Run(LimitedService service, string[] keys, int times)
    {
        var sum = 0L;
        for (int i = 0, next = 0; i < times; i++)
        {
            sum += service.Get(keys[next]);
            next = ++next < keys.Length ? next : 0;
        }

        return sum;
    }

    private static long RunRejected(LimitedService service, string[] keys, int times)
    {
        var sum = 0L;
        for (int i = 0, next = 0; i < times; i++)
        {
            sum += service.GetRarely(keys[next]);
            next = ++next < keys.Length ? next : 0;
        }

        return sum;
    }

    private static long Loop(string[] keys, int times, Func<string, int, int> call)
    {
        var sum = 0L;
        for (int i = 0, next = 0; i < times; i++)
        {
            sum += call(keys[next], i);
            next = ++next < keys.Length ? next : 0;
        }

        return sum;
    }

    private static string Count(int keys) => keys == 1 ? "1 key" : keys.ToString("N0", CultureInfo.InvariantCulture) + " keys";

    private static string Name(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);
}
