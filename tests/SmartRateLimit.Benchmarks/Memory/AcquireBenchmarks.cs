using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>A generated call beside the platform's limiter and the least that can be, as a table of BenchmarkDotNet.</summary>
[MemoryDiagnoser]
[Config(typeof(Brief))]
public class AcquireBenchmarks
{
    private const int Calls = 1_000;

    private readonly FloorLoop _floor = new();
    private LimitedService _service = null!;
    private PartitionedRateLimiter<string> _platform = null!;
    private string[] _keys = [];

    /// <summary>How many keys are asked for, one after the other.</summary>
    [Params(1, 1_000)]
    public int Keys { get; set; }

    /// <summary>Makes the limiters, with a bucket for each key.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _keys = MemorySection.Keys(Keys);
        _service = MemorySection.Service();
        _platform = Memory.Platform.Partitioned(Memory.Platform.Wide);
    }

    /// <summary>Disposes the platform's limiter, which has a timer.</summary>
    [GlobalCleanup]
    public void End() => _platform.Dispose();

    /// <summary>The platform's partitioned token bucket.</summary>
    /// <returns>The permits that were given out.</returns>
    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public long Platform() => _platform.Run(_keys, Calls);

    /// <summary>A method with an attribute.</summary>
    /// <returns>A sum of what it returned.</returns>
    [Benchmark(OperationsPerInvoke = Calls)]
    public long Attribute() => MemorySection.Run(_service, _keys, Calls);

    /// <summary>A method with an attribute whose key is a text and a number.</summary>
    /// <returns>A sum of what it returned.</returns>
    [Benchmark(OperationsPerInvoke = Calls)]
    public long AttributeOnTwoParts()
    {
        var sum = 0L;
        for (var i = 0; i < Calls; i++)
        {
            sum += _service.GetPart(_keys[i % _keys.Length], i);
        }

        return sum;
    }

    /// <summary>Hash, coarse clock, one compare-and-swap, nothing else.</summary>
    /// <returns>How many swaps succeeded.</returns>
    [Benchmark(OperationsPerInvoke = Calls)]
    public long BareLoop() => _floor.Run(_keys, Calls);

    // Without a build of its own for each, which would need packages.
    [SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = "BenchmarkDotNet makes it.")]
    private sealed class Brief : ManualConfig
    {
        public Brief() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
