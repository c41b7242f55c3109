using System.Globalization;
using SmartRateLimit.Rates;

namespace SmartRateLimit.Analyzers;

/// <summary>Guesses what a mistyped rate text means. It offers only what the parser accepts.</summary>
internal static class RateSuggestion
{
    /// <summary>The nearest valid text, or <see langword="null"/> when there is no sensible guess.</summary>
    public static string? For(string text)
    {
        var rates = new List<string>();
        foreach (var part in Separate(text))
        {
            if (ForOne(part.Trim().TrimEnd('.')) is not { } rate)
            {
                return null;
            }

            rates.Add(rate);
        }

        var suggestion = string.Join("; ", rates);
        return RateParser.TryParseAll(suggestion, out _, out _) ? suggestion : null;
    }

    private static IEnumerable<string> Separate(string text)
    {
        foreach (var part in text.Split([";", ",", "&", "+", " and "], StringSplitOptions.None))
        {
            if (part.Trim().Length > 0)
            {
                yield return part;
            }
        }
    }

    private static string? ForOne(string text)
    {
        if (RateParser.TryParse(text, out _, out _))
        {
            return text;
        }

        var scanner = new RateScanner(text);
        if (!scanner.Number(out var permits))
        {
            return null;
        }

        var divider = Divider(scanner.Between());
        var count = scanner.Number(out var written) ? written : 1;
        return divider is not null && count > 0 && UnitSuggestion.For(scanner.Rest()) is { } unit && count <= long.MaxValue / unit.Count
            ? Write(permits, divider, count * unit.Count, unit)
            : null;
    }

    /// <summary>How the suggestion divides permits from the period: the way the text seems to have meant.</summary>
    private static string? Divider(string between) => between.Trim().ToLowerInvariant() switch
    {
        "/" or "\\" or "|" or "//" or ":" or "-" or "" => "/",
        "per" or "a" or "an" or "each" or "every" or "in" or "pre" or "pr" or "p" or "times per" or "times a" or "x per" or "calls per" or "requests per" => " per ",
        _ => null,
    };

    private static string Write(long permits, string divider, long count, UnitSuggestion unit)
    {
        var number = count == 1 ? string.Empty : count.ToString(CultureInfo.InvariantCulture);
        var gap = number.Length > 0 && divider.Length > 1 ? " " : string.Empty;
        return permits.ToString(CultureInfo.InvariantCulture) + divider + number + gap + unit.Text;
    }
}
