using System.Globalization;

namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>Collects the figures of one section and prints each as it comes.</summary>
internal sealed class Sheet(Effort effort, TextWriter output)
{
    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    public Effort Effort { get; } = effort;

    public IReadOnlyList<Figure> Figures => _figures;

    public IReadOnlyList<string> Notes => _notes;

    public static string Header => "| | reference | reference's | ours | times better: median (spread) | target | |\n|---|---|---|---|---|---|---|";

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        output.WriteLine(Line(figure));
    }

    /// <summary>Adds a sentence below the table.</summary>
    public void Note(string note)
    {
        _notes.Add(note);
        output.WriteLine(note);
    }

    public static string Line(Figure figure) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {figure.Name} | {figure.Reference} | {figure.ReferenceValue} | {figure.Value} | {figure.Ratio} | {(figure.Target is { } target ? $"≥ {target:0.00}" : "")} | {(figure.Target is null ? "" : figure.IsMissed ? "missed" : "met")} |");
}
