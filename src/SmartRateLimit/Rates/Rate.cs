using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SmartRateLimit.Rates;

namespace SmartRateLimit;

/// <summary>
/// A rate: so many permits per period, written <c>"100/m"</c> or <c>"10 per 3 hours"</c>.
/// </summary>
/// <param name="Permits">Permits per period, from 0 to <see cref="long.MaxValue"/>; 0 admits nothing, or never refills a burst.</param>
/// <param name="Period">The period: whole milliseconds, from 1 ms to 365250 days.</param>
/// <remarks>
/// The constructor accepts any numbers; <see cref="RateLimitPolicy"/> refuses those outside the ranges above.
/// </remarks>
public readonly record struct Rate(long Permits, TimeSpan Period) : ISpanParsable<Rate>
{
    /// <summary>Reads one rate.</summary>
    /// <param name="text">A rate such as <c>"100/m"</c>.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="FormatException">The text is no rate; the message says where and what was expected.</exception>
    public static Rate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return RateParser.TryParse(text, out var parsed, out var error)
            ? From(parsed)
            : throw new FormatException(error.Describe(text));
    }

    /// <summary>Reads one rate, without an exception when the text is none.</summary>
    /// <param name="text">A rate such as <c>"100/m"</c>, or anything else.</param>
    /// <param name="rate">The rate, or the default when there is none.</param>
    /// <returns>Whether <paramref name="text"/> is a rate.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Rate rate)
    {
        if (text is not null && RateParser.TryParse(text, out var parsed, out _))
        {
            rate = From(parsed);
            return true;
        }

        rate = default;
        return false;
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static Rate Parse(ReadOnlySpan<char> text) => Parse(text.ToString());

    /// <inheritdoc cref="TryParse(string?, out Rate)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out Rate rate) => TryParse(text.ToString(), out rate);

    static Rate IParsable<Rate>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Rate>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Rate result) => TryParse(s, out result);

    static Rate ISpanParsable<Rate>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<Rate>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Rate result) => TryParse(s, out result);

    /// <summary>The shortest text of this rate that <see cref="Parse(string)"/> reads back: <c>100/m</c>, <c>10/3h</c>, <c>1/250ms</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var milliseconds = Period.Ticks / TimeSpan.TicksPerMillisecond;
        foreach (var unit in (ReadOnlySpan<string>)["w", "d", "h", "m", "s"])
        {
            var length = RateUnits.Milliseconds(unit);
            if (milliseconds >= length && milliseconds % length == 0)
            {
                return Text(milliseconds / length, unit);
            }
        }

        return Text(milliseconds, "ms");
    }

    private string Text(long count, string unit) => count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Permits}/{unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{Permits}/{count}{unit}");

    internal static Rate From(in ParsedRate parsed) =>
        new(parsed.Permits, TimeSpan.FromTicks(parsed.PeriodMilliseconds * TimeSpan.TicksPerMillisecond));
}
