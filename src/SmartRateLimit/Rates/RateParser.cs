using System.Globalization;

namespace SmartRateLimit.Rates;

/// <summary>
/// The one parser of the rate language, compiled into the runtime, the generator and the analyzers:
/// <c>rates := rate ((';' | ',') rate)*</c>, <c>rate := permits ('/' | 'per') [count] unit</c>.
/// </summary>
internal ref struct RateParser
{
    private readonly string _text;
    private int _position;
    private RateSyntaxError _error;

    private RateParser(string text)
    {
        _text = text;
        _position = 0;
        _error = default;
    }

    /// <summary>Reads a list of one or more rates.</summary>
    public static bool TryParseAll(string text, out List<ParsedRate> rates, out RateSyntaxError error)
    {
        var parser = new RateParser(text);
        rates = [];
        var complete = parser.ReadRate(rates);
        while (complete && !parser.AtEnd())
        {
            complete = parser.ReadSeparator() && parser.ReadRate(rates);
        }

        error = parser._error;
        return complete;
    }

    /// <summary>Reads exactly one rate.</summary>
    public static bool TryParse(string text, out ParsedRate rate, out RateSyntaxError error)
    {
        var parser = new RateParser(text);
        var rates = new List<ParsedRate>(1);
        var complete = parser.ReadRate(rates) && (parser.AtEnd() || parser.Fail("the end of the rate"));
        rate = complete ? rates[0] : default;
        error = parser._error;
        return complete;
    }

    private bool ReadRate(List<ParsedRate> rates)
    {
        SkipSpaces();
        var start = _position;
        if (!ReadNumber("the number of permits", out var permits) || !ReadPer())
        {
            return false;
        }

        SkipSpaces();
        var countStart = _position;
        var count = 1L;
        if (IsDigit(Current) && !ReadNumber("a count of units", out count))
        {
            return false;
        }

        if (count == 0)
        {
            return Fail(countStart, _position - countStart, "the count of units must be at least 1");
        }

        if (!ReadUnit(out var unit))
        {
            return false;
        }

        if (count > RateUnits.MaxPeriodMilliseconds / unit)
        {
            return Fail(countStart, _position - countStart, "a period may be at most 365250 days");
        }

        rates.Add(new ParsedRate(permits, count * unit, start, _position - start));
        return true;
    }

    private bool ReadNumber(string what, out long value)
    {
        value = 0;
        var start = _position;
        while (IsDigit(Current) || (Current == '_' && _position > start && IsDigit(Next)))
        {
            if (Current != '_')
            {
                var digit = Current - '0';
                if (value > (long.MaxValue - digit) / 10)
                {
                    SkipDigits();
                    return Fail(start, _position - start, "a number may be at most 9223372036854775807");
                }

                value = (value * 10) + digit;
            }

            _position++;
        }

        if (_position == start)
        {
            return Fail("decimal digits, " + what);
        }

        return _text[start] != '0' || _position == start + 1
            || Fail(start, _position - start, "a number has no leading zero");
    }

    private bool ReadPer()
    {
        SkipSpaces();
        if (Current == '/')
        {
            _position++;
            return true;
        }

        if (string.CompareOrdinal(_text, _position, "per", 0, 3) == 0 && !IsLetter(At(_position + 3)))
        {
            _position += 3;
            return true;
        }

        return Fail("'/' or 'per'");
    }

    private bool ReadUnit(out long milliseconds)
    {
        SkipSpaces();
        var start = _position;
        while (IsLetter(Current))
        {
            _position++;
        }

        var unit = _text.Substring(start, _position - start);
        milliseconds = RateUnits.Milliseconds(unit);
        if (milliseconds != 0)
        {
            return true;
        }

        if (unit.Length == 0)
        {
            return Fail("a unit: " + RateUnits.Expected);
        }

        var lower = unit.ToLowerInvariant();
        return Fail(start, unit.Length, RateUnits.Milliseconds(lower) != 0
            ? "units are lower case: '" + lower + "'"
            : "'" + unit + "' is no unit; expected " + RateUnits.Expected);
    }

    private bool ReadSeparator()
    {
        if (Current is not (';' or ','))
        {
            return Fail("';' or ',' before a further rate, or the end");
        }

        _position++;
        return true;
    }

    private bool AtEnd()
    {
        SkipSpaces();
        return _position == _text.Length;
    }

    private void SkipSpaces()
    {
        while (Current is ' ' or '\t')
        {
            _position++;
        }
    }

    private void SkipDigits()
    {
        while (IsDigit(Current) || Current == '_')
        {
            _position++;
        }
    }

    private bool Fail(string expected)
    {
        if (_position >= _text.Length)
        {
            return Fail(_text.Length, 0, "the text ends where it needs " + expected);
        }

        // A surrogate pair is one character to the person who reads the message.
        var length = char.IsSurrogatePair(_text, _position) ? 2 : 1;
        var found = _text.Substring(_position, length);
        return Fail(_position, length, string.Format(CultureInfo.InvariantCulture, "found '{0}', expected {1}", found, expected));
    }

    private bool Fail(int position, int length, string message)
    {
        _error = new RateSyntaxError(position, length, message);
        return false;
    }

    private readonly char Current => At(_position);

    private readonly char Next => At(_position + 1);

    private readonly char At(int index) => index < _text.Length ? _text[index] : '\0';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
