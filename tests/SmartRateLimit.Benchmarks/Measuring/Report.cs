namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>Writes what was measured to the documentation.</summary>
internal static class Report
{
    public static async Task<int> WriteAsync(IReadOnlyList<Section> sections, Effort effort, TextWriter output)
    {
        var results = await Figures.MeasureAsync(sections, effort, output);
        return results.Sum(result => result.Sheet.Figures.Count(figure => figure.IsMissed));
    }
}
