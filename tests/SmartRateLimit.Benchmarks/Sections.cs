using SmartRateLimit.Benchmarks.Measuring;
using SmartRateLimit.Benchmarks.Memory;

namespace SmartRateLimit.Benchmarks;

/// <summary>What there is to measure. A section is added here and nowhere else.</summary>
internal static class Sections
{
    private static readonly Section[] All =
    [
        new("memory", "In memory", MemorySection.RunAsync),
    ];

    /// <summary>The sections of these names; all when none is given.</summary>
    public static IReadOnlyList<Section> Named(IEnumerable<string> names)
    {
        var wanted = names.ToHashSet();
        return wanted.Count == 0 ? All : [.. All.Where(section => wanted.Contains(section.Name))];
    }

    /// <returns>How many figures miss what is required.</returns>
    public static async Task<int> RunFaultsAsync(TextWriter output)
    {
        await output.WriteLineAsync("There are no figures of faults yet.");
        return 0;
    }
}
