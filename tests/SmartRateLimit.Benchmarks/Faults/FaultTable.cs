using System.Globalization;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>Prints what was required and what was measured, row by row as it comes.</summary>
internal sealed class FaultTable(TextWriter output)
{
    public int Missed { get; private set; }

    public void Begin()
    {
        output.WriteLine("| fault: figure | required | measured | |");
        output.WriteLine("|---|---|---|---|");
    }

    public void Add(string figure, string required, TimeSpan measured, TimeSpan most) =>
        Add(figure, required, string.Create(CultureInfo.InvariantCulture, $"{measured.TotalMilliseconds:0.###} ms"), measured <= most);

    public void Add(string figure, string required, string measured, bool isMet)
    {
        output.WriteLine($"| {figure} | {required} | {measured} | {(isMet ? "met" : "missed")} |");
        Missed += isMet ? 0 : 1;
    }
}
