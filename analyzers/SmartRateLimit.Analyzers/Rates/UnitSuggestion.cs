using SmartRateLimit.Naming;
using SmartRateLimit.Rates;

namespace SmartRateLimit.Analyzers;

/// <summary>A unit of the rate language that a mistyped one may mean.</summary>
/// <param name="count">How many of the unit it means.</param>
/// <param name="text">The unit.</param>
internal sealed class UnitSuggestion(long count, string text)
{
    public long Count { get; } = count;

    public string Text { get; } = text;

    public static UnitSuggestion? For(string typed)
    {
        var word = typed.ToLowerInvariant();
        return RateUnits.Milliseconds(word) != 0 ? new UnitSuggestion(1, word) : Known(word) ?? Nearest(word);
    }

    private static UnitSuggestion? Known(string word) => word switch
    {
        "millisecond" or "milliseconds" or "msec" or "msecs" or "millis" => new UnitSuggestion(1, "ms"),
        "mn" => new UnitSuggestion(1, "min"),
        "hrs" => new UnitSuggestion(1, "hr"),
        "wk" or "wks" => new UnitSuggestion(1, "week"),
        "month" or "months" or "mon" or "mth" => new UnitSuggestion(30, "days"),
        "fortnight" or "fortnights" => new UnitSuggestion(2, "weeks"),
        _ => null,
    };

    private static UnitSuggestion? Nearest(string word) =>
        // Short units are all within one letter of each other, so only words are compared.
        word.Length > 3 && NearestName.Of(word, RateUnits.Spellings.Where(spelling => spelling.Length > 2)) is { } nearest
            ? new UnitSuggestion(1, nearest)
            : null;
}
