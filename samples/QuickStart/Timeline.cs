using System.Diagnostics;
using System.Globalization;
using SmartRateLimit;

namespace QuickStart;

/// <summary>Prints what happens as it happens: one row for each moment, one cell for each decision.</summary>
internal sealed class Timeline(TextWriter output)
{
    private const int CellWidth = 24;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _admitted;
    private int _rejected;
    private bool _isInRow;

    public void Title(string title, params string[] columns)
    {
        output.WriteLine();
        output.WriteLine(title);
        if (columns.Length > 0)
        {
            output.WriteLine("   time   " + string.Concat(columns.Select(column => column.PadRight(CellWidth))));
        }
    }

    public void BeginRow(string? caller = null)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,6:0.00} s  {caller}"));
        _isInRow = true;
    }

    public void EndRow(string? text = null)
    {
        output.WriteLine(text);
        _isInRow = false;
    }

    public void Row(string text)
    {
        BeginRow();
        EndRow(text);
    }

    public void Cell(RateLimitDecision decision)
    {
        _ = decision.IsAllowed ? _admitted++ : _rejected++;
        if (!_isInRow)
        {
            return;
        }

        var text = decision.IsAllowed
            ? string.Create(CultureInfo.InvariantCulture, $"+ yes, {decision.Remaining} left")
            : string.Create(CultureInfo.InvariantCulture, $"- no, retry in {decision.RetryAfter.TotalSeconds:0.00} s");
        output.Write(text.PadRight(CellWidth));
    }

    public void Summary() => Title($"{_admitted} calls admitted, {_rejected} rejected.");
}
