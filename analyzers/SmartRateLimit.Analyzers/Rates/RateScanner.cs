using System.Globalization;

namespace SmartRateLimit.Analyzers;

/// <summary>Reads the pieces of a rate far more leniently than the parser does.</summary>
internal struct RateScanner(string text)
{
    private int _position;

    /// <summary>Digits, whatever signs, leading zeros and grouping they come with.</summary>
    public bool Number(out long value)
    {
        SkipSpaces();
        var end = _position;
        while (end < text.Length && (IsDigit(text[end]) || text[end] is '_' or '\'' || (end == _position && text[end] == '+')))
        {
            end++;
        }

        var digits = string.Concat(text.Substring(_position, end - _position).Where(IsDigit));
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        _position = end;
        return true;
    }

    /// <summary>What stands before the next digit, or before the unit when there is none.</summary>
    public string Between()
    {
        SkipSpaces();
        var start = _position;
        while (_position < text.Length && !IsDigit(text[_position]) && !IsUnitFrom(_position))
        {
            _position++;
        }

        return text.Substring(start, _position - start);
    }

    public readonly string Rest() => text.Substring(_position).Trim();

    /// <summary>The last word is the unit.</summary>
    private readonly bool IsUnitFrom(int index) =>
        char.IsLetter(text[index]) && (index == 0 || !char.IsLetter(text[index - 1])) && text.Substring(index).TrimEnd().All(char.IsLetter);

    private void SkipSpaces()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
