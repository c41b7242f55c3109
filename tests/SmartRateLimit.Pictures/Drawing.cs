using System.Globalization;
using System.Text;

namespace SmartRateLimit.Pictures;

/// <summary>A picture of a run: each call as a mark, and below them what was left.</summary>
public static class Drawing
{
    private const int Width = 880;
    private const int Height = 190;
    private const int Left = 50;
    private const int PerSecond = 20;
    private const int MarksAt = 46;
    private const int Floor = 158;
    private const int PerPermit = 15;

    // Both are told apart by everybody, and on light and dark pages.
    private const string Admitted = "#2f81f7";
    private const string Rejected = "#d9730d";
    private const string Muted = "#8b949e";

    /// <summary>The name of an algorithm's picture.</summary>
    public static string FileName(RateLimitAlgorithm algorithm)
    {
        var text = algorithm.ToString();
        return string.Concat(text.Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}")) + ".svg";
    }

    /// <summary>Runs the traffic under an algorithm and draws it.</summary>
    /// <returns>The picture's text.</returns>
    public static async Task<string> OfAsync(RateLimitAlgorithm algorithm)
    {
        var run = await Run.OfAsync(algorithm);
        var svg = new StringBuilder();
        var admitted = run.Calls.Count(call => call.IsAdmitted);
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12" role="img">
            <title>{run.Calls.Count} calls in {Traffic.Seconds} seconds, of which {admitted} are admitted</title>
            <text x="{Left}" y="18" fill="{Muted}">{Run.Limit}/10s: {admitted} of {run.Calls.Count} calls admitted</text>

            """);
        Legend(svg, algorithm);
        Axis(svg);
        foreach (var call in run.Calls)
        {
            Mark(svg, call);
        }

        Levels(svg, run.Levels);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Legend(StringBuilder svg, RateLimitAlgorithm algorithm)
    {
        var below = algorithm == RateLimitAlgorithm.LeakyBucket ? "places left in the queue" : "permits left";
        var leaving = algorithm == RateLimitAlgorithm.LeakyBucket ? ", line: until it goes on" : string.Empty;
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Width - 10}" y="18" text-anchor="end" fill="{Muted}"><tspan fill="{Admitted}">filled</tspan>: admitted{leaving}, <tspan fill="{Rejected}">cross</tspan>: rejected, below: {below}</text>

            """);
    }

    private static void Axis(StringBuilder svg)
    {
        for (var second = 0; second <= Traffic.Seconds; second += 10)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <line x1="{X(second)}" y1="{MarksAt - 14}" x2="{X(second)}" y2="{Floor}" stroke="{Muted}" stroke-opacity="0.4" stroke-dasharray="2 3"/>
                <text x="{X(second)}" y="{Floor + 18}" text-anchor="middle" fill="{Muted}">{second} s</text>

                """);
        }

        foreach (var permits in new[] { 0, Run.Limit })
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text x="{Left - 8}" y="{Floor - (PerPermit * permits) + 4}" text-anchor="end" fill="{Muted}">{permits}</text>

                """);
        }
    }

    private static void Mark(StringBuilder svg, Call call)
    {
        var x = X(call.At.TotalSeconds);
        if (call.IsAdmitted)
        {
            Departure(svg, call, x);
            svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{x}" cy="{MarksAt}" r="3" fill="{Admitted}"/>""").Append('\n');
            return;
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{x - 2.5} {MarksAt - 2.5}l5 5m0 -5l-5 5" stroke="{Rejected}" stroke-width="1.5"/>""").Append('\n');
    }

    /// <summary>Where a delayed call goes on.</summary>
    private static void Departure(StringBuilder svg, Call call, double x)
    {
        if (call.Delay > TimeSpan.Zero)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{x} {MarksAt}L{X((call.At + call.Delay).TotalSeconds)} {MarksAt + 20}v6" stroke="{Admitted}" stroke-opacity="0.6" fill="none"/>""").Append('\n');
        }
    }

    private static void Levels(StringBuilder svg, IReadOnlyList<Level> levels)
    {
        var path = new StringBuilder();
        var before = (Level?)null;
        foreach (var level in levels.Where(level => level.Remaining != before?.Remaining))
        {
            path.Append(before is null ? $"M{X(0)} {Y(level)}" : string.Create(CultureInfo.InvariantCulture, $"H{X(level.At.TotalSeconds)}V{Y(level)}"));
            before = level;
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<path d="{path}H{X(Traffic.Seconds)}" stroke="{Admitted}" fill="none"/>""").Append('\n');
    }

    private static double X(double seconds) => Left + Math.Round(PerSecond * seconds, 1);

    private static int Y(Level level) => Floor - (PerPermit * (int)level.Remaining);
}
