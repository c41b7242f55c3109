using System.Globalization;
using System.Net;
using System.Text;

namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>Draws ratios as bars, with their spread as a line and the target as a mark.</summary>
internal static class Chart
{
    private const int RowHeight = 24;
    private const int Left = 520;
    private const int Width = 900;
    private const double PerDoubling = 60;

    public static string Of(IEnumerable<Figure> figures)
    {
        var rows = figures.ToList();
        var chart = new StringBuilder();
        chart.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{((rows.Count + 2) * RowHeight) + 8}" font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            <text x="8" y="18" font-weight="bold">Times better than the reference (logarithmic; thin line: spread; mark: target)</text>
            <line x1="{Left}" y1="26" x2="{Left}" y2="{((rows.Count + 1) * RowHeight) + 8}" stroke="black"/>

            """);
        for (var i = 0; i < rows.Count; i++)
        {
            Draw(chart, rows[i], top: (i + 1) * RowHeight);
        }

        return chart.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder chart, Figure figure, int top)
    {
        var (from, to) = (Math.Min(Left, X(figure.Ratio.Median)), Math.Max(Left, X(figure.Ratio.Median)));
        var color = figure.IsMissed ? "#c0504d" : "#4f81bd";
        chart.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left - 90}" y="{top + 18}" text-anchor="end">{WebUtility.HtmlEncode(figure.Name + " / " + figure.Reference)}</text>
            <rect x="{from:0.0}" y="{top + 6}" width="{to - from:0.0}" height="14" fill="{color}"/>
            <line x1="{X(figure.Ratio.Least):0.0}" y1="{top + 13}" x2="{X(figure.Ratio.Most):0.0}" y2="{top + 13}" stroke="black"/>
            <text x="{Math.Max(to, X(figure.Ratio.Most)) + 6:0.0}" y="{top + 18}">{figure.Ratio.Median:0.00}</text>

            """);
        if (figure.Target is { } target)
        {
            chart.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(target):0.0}\" y1=\"{top + 3}\" x2=\"{X(target):0.0}\" y2=\"{top + 23}\" stroke=\"black\" stroke-width=\"2\"/>\n");
        }
    }

    private static double X(double ratio) => Math.Clamp(Left + (Math.Log2(Math.Max(ratio, 0.01)) * PerDoubling), 440, Width - 50);
}
