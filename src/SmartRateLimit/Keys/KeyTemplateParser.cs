using System.Text;

namespace SmartRateLimit.Keys;

/// <summary>
/// The one parser of the key language, compiled into the runtime, the generator and the analyzers.
/// </summary>
/// <remarks>
/// <c>|</c> splits alternatives first, outside braces; <c>||</c> is a literal bar, <c>{{</c> and <c>}}</c> are literal
/// braces. An alternative without braces is a name (<c>tenant</c>, <c>order.Region</c>) or a source (<c>http:ip</c>).
/// </remarks>
internal static class KeyTemplateParser
{
    /// <summary>The text of the key that counts everybody together.</summary>
    public const string Global = "*";

    /// <summary>The schemes of built-in sources.</summary>
    public static readonly string[] Schemes = ["http", "header", "claim", "query", "route", "cookie"];

    /// <summary>The names that the <c>http:</c> scheme knows.</summary>
    public static readonly string[] HttpNames =
        ["ip", "user", "path", "endpoint", "method", "host", "session", "tenant", "apikey"];

    public static bool TryParse(string text, out KeyTemplate template, out KeySyntaxError error)
    {
        var alternatives = new List<List<KeySegment>>();
        template = new KeyTemplate(text.Trim() == Global, alternatives);
        error = default;
        if (template.IsGlobal)
        {
            return true;
        }

        var position = 0;
        while (true)
        {
            var end = EndOfAlternative(text, position);
            if (!TryReadAlternative(text, position, end, out var segments, out error))
            {
                return false;
            }

            alternatives.Add(segments);
            if (end == text.Length)
            {
                return true;
            }

            position = end + 1;
        }
    }

    private static int EndOfAlternative(string text, int position)
    {
        var inHole = false;
        while (position < text.Length)
        {
            var c = text[position];
            if (inHole)
            {
                inHole = c != '}';
            }
            else if (c is '|' or '{' or '}' && position + 1 < text.Length && text[position + 1] == c)
            {
                // An escape: `||`, `{{` or `}}` stands for itself.
                position++;
            }
            else if (c == '|')
            {
                return position;
            }
            else
            {
                inHole = c == '{';
            }

            position++;
        }

        return position;
    }

    private static bool TryReadAlternative(string text, int start, int end, out List<KeySegment> segments, out KeySyntaxError error)
    {
        segments = [];
        var bare = text.Substring(start, end - start);
        if (bare.Trim().Length == 0)
        {
            error = new KeySyntaxError(start, end - start, "a key is missing here: a name, a source such as http:ip, or a template with {holes}");
            return false;
        }

        if (bare.IndexOfAny(['{', '}']) < 0)
        {
            return TryReadHole(bare.Replace("||", "|"), start, end, segments, out error);
        }

        return TryReadTemplate(text, start, end, segments, out error);
    }

    private static bool TryReadTemplate(string text, int start, int end, List<KeySegment> segments, out KeySyntaxError error)
    {
        var literal = new StringBuilder();
        var literalStart = start;
        var holes = 0;
        var position = start;
        while (position < end)
        {
            var c = text[position];
            if (c is '|' or '{' or '}' && position + 1 < end && text[position + 1] == c)
            {
                literal.Append(c);
                position += 2;
                continue;
            }

            if (c == '}')
            {
                error = new KeySyntaxError(position, 1, "'}' closes no hole; write '}}' for a literal brace");
                return false;
            }

            if (c != '{')
            {
                literal.Append(c);
                position++;
                continue;
            }

            FlushLiteral(literal, literalStart, segments);
            var close = text.IndexOf('}', position, end - position);
            if (close < 0)
            {
                error = new KeySyntaxError(position, end - position, "'{' opens a hole that no '}' closes; write '{{' for a literal brace");
                return false;
            }

            if (!TryReadHole(text.Substring(position + 1, close - position - 1), position + 1, close, segments, out error))
            {
                return false;
            }

            holes++;
            position = literalStart = close + 1;
        }

        FlushLiteral(literal, literalStart, segments);
        error = holes > 0
            ? default
            : new KeySyntaxError(start, end - start, "the key has no {hole}, so it would count everybody together; write RateLimitKey.Global (\"*\") to say so");
        return holes > 0;
    }

    private static void FlushLiteral(StringBuilder literal, int start, List<KeySegment> segments)
    {
        if (literal.Length > 0)
        {
            segments.Add(KeySegment.Literal(literal.ToString(), start));
            literal.Clear();
        }
    }

    private static bool TryReadHole(string raw, int start, int end, List<KeySegment> segments, out KeySyntaxError error)
    {
        var name = raw.Trim();
        var position = start + (raw.Length - raw.TrimStart().Length);
        var colon = name.IndexOf(':');
        error = colon >= 0 ? CheckSource(name, colon, position) : CheckPath(name, position, end);
        if (error.Message is not null)
        {
            return false;
        }

        segments.Add(KeySegment.Hole(name, position, colon >= 0 ? KeyHoleKind.Source : KeyHoleKind.Path));
        return true;
    }

    private static KeySyntaxError CheckSource(string name, int colon, int position)
    {
        var scheme = name.Substring(0, colon);
        var rest = name.Substring(colon + 1);
        if (Array.IndexOf(Schemes, scheme) < 0)
        {
            return new KeySyntaxError(position, Math.Max(1, colon), "'" + scheme + "' is no source; expected " + string.Join(", ", Schemes));
        }

        if (rest.Length == 0)
        {
            return new KeySyntaxError(position, name.Length, "the source '" + name + "' lacks a name after the colon");
        }

        return scheme != "http" || Array.IndexOf(HttpNames, rest) >= 0
            ? default
            : new KeySyntaxError(position + colon + 1, rest.Length, "'http:" + rest + "' is no source; expected http: and one of " + string.Join(", ", HttpNames));
    }

    private static KeySyntaxError CheckPath(string path, int position, int end)
    {
        if (path.Length == 0)
        {
            return new KeySyntaxError(position, Math.Max(0, end - position), "a hole needs a name");
        }

        var start = 0;
        foreach (var part in path.Split('.'))
        {
            if (!IsIdentifier(part))
            {
                // A missing name is shown at the dot after it, or as nothing at the end.
                var length = Math.Min(Math.Max(1, part.Length), path.Length - start);
                return new KeySyntaxError(position + start, length, "'" + part + "' is no name; a key is a name, a path such as order.Region, a source such as http:ip, or a template with {holes}");
            }

            start += part.Length + 1;
        }

        return default;
    }

    private static bool IsIdentifier(string text)
    {
        if (text.Length == 0 || !(char.IsLetter(text[0]) || text[0] == '_'))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }
}
