using System.Diagnostics;
using System.Globalization;
using SmartRateLimit;

namespace QuickStart;

/// <summary>Prints what happens as it happens: one row for each moment, one cell for each decision.</summary>
internal sealed class Timeline
{
    private const int CellWidth = 24;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _admitted;
    private int _rejected;

    public void Title(string title, params string[] columns)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        if (columns.Length > 0)
        {
            Console.WriteLine("   time   " + string.Concat(columns.Select(column => column.PadRight(CellWidth))));
        }
    }

    public void BeginRow(string? caller = null) =>
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,6:0.00} s  {caller}"));

    public void EndRow(string? text = null) => Console.WriteLine(text);

    public void Cell(RateLimitDecision decision)
    {
        _ = decision.IsAllowed ? _admitted++ : _rejected++;
        var text = decision.IsAllowed
            ? string.Create(CultureInfo.InvariantCulture, $"+ yes, {decision.Remaining} left")
            : string.Create(CultureInfo.InvariantCulture, $"- no, retry in {decision.RetryAfter.TotalSeconds:0.00} s");
        Console.Write(text.PadRight(CellWidth));
    }

    public void Summary() => Title($"{_admitted} calls admitted, {_rejected} rejected.");
}
