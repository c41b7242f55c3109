using SmartRateLimit.Benchmarks.Faults;
using SmartRateLimit.Benchmarks.Generation;
using SmartRateLimit.Benchmarks.Http;
using SmartRateLimit.Benchmarks.Measuring;
using SmartRateLimit.Benchmarks.Memory;
using SmartRateLimit.Benchmarks.Redis;

namespace SmartRateLimit.Benchmarks;

/// <summary>What there is to measure. A section is added here and nowhere else.</summary>
internal static class Sections
{
    private static readonly Section[] All =
    [
        new("memory", "In memory", MemorySection.RunAsync),
        new("http", "Over HTTP", HttpSection.RunAsync),
        new("redis", "On Redis", RedisSection.RunAsync),
        new("generation", "While building and typing", GenerationSection.RunAsync),
    ];

    /// <summary>The sections of these names; all when none is given.</summary>
    public static IReadOnlyList<Section> Named(IEnumerable<string> names)
    {
        var wanted = names.ToHashSet();
        return wanted.Count == 0 ? All : [.. All.Where(section => wanted.Contains(section.Name))];
    }

    /// <returns>How many figures miss what is required.</returns>
    public static Task<int> RunFaultsAsync(IEnumerable<string> names, TextWriter output) => FaultFigures.RunAsync([.. names], output);
}
