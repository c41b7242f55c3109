namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>Runs sections one after the other on the console.</summary>
internal static class Figures
{
    /// <returns>How many figures miss their target.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<Section> sections, Effort effort, TextWriter output) =>
        (await MeasureAsync(sections, effort, output)).Sum(result => result.Sheet.Figures.Count(figure => figure.IsMissed));

    public static async Task<IReadOnlyList<(Section Section, Sheet Sheet)>> MeasureAsync(IReadOnlyList<Section> sections, Effort effort, TextWriter output)
    {
        var results = new List<(Section, Sheet)>();
        foreach (var section in sections)
        {
            await output.WriteLineAsync($"\n## {section.Title}\n\n{Sheet.Header}");
            var sheet = new Sheet(effort, output);
            await section.RunAsync(sheet);
            results.Add((section, sheet));
        }

        return results;
    }
}
