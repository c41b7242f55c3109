using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>Writes what was measured to the documentation.</summary>
internal static class Report
{
    /// <returns>How many figures miss their target.</returns>
    public static async Task<int> WriteAsync(IReadOnlyList<Section> sections, Effort effort, TextWriter output)
    {
        var results = await Figures.MeasureAsync(sections, effort, output);
        var docs = Path.Combine(Root(), "docs");
        await File.WriteAllTextAsync(Path.Combine(docs, "benchmarks.md"), Page(results, effort));
        await File.WriteAllTextAsync(Path.Combine(docs, "benchmarks.svg"), Chart.Of(results.SelectMany(result => result.Sheet.Figures)));
        return results.Sum(result => result.Sheet.Figures.Count(figure => figure.IsMissed));
    }

    private static string Page(IReadOnlyList<(Section Section, Sheet Sheet)> results, Effort effort)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Benchmarks

            Every figure stands beside a reference that was measured in the same run, in {effort.Pairs} pairs that alternate; a ratio is the median of the pairs, with their spread. (Bytes per key, idle time and single calls are measured once; servers of HTTP and Redis are processes of their own. Of two threads, the bytes are those of the one that began.) Absolute times are those of one machine on one day.

            ![How many times faster, by row](benchmarks.svg)

            * Made by `dotnet run -c Release --project tests/SmartRateLimit.Benchmarks -- --report`, which writes this page. `--quick` prints the same ratios in under two minutes; `--filter '*'` has BenchmarkDotNet make its own table of the first rows.
            * {DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores of {Processor()}
            * For each target that is missed, [decision 0038](decisions/0038-what-is-missed-and-where-the-time-goes.md) says what was tried and where the time goes.

            """);
        foreach (var (section, sheet) in results)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {section.Title}\n\n{Sheet.Header}\n");
            page.AppendJoin('\n', sheet.Figures.Select(Sheet.Line)).Append('\n');
            page.AppendJoin('\n', sheet.Notes.Select(note => "\n" + note.Trim() + "\n"));
        }

        return page.ToString();
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "an unnamed processor"
        : "an unnamed processor";

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "global.json")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("--report writes to docs/ of the checkout that it is run from, and found none above the program.");
        }

        return folder;
    }
}
