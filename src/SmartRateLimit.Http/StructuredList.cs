namespace SmartRateLimit.Http;

/// <summary>As much of a structured field's list (RFC 9651) as limits need: members, and their parameters that are plain.</summary>
internal static class StructuredList
{
    public static IEnumerable<string> Split(string list) => Split(list, ',');

    public static Dictionary<string, string> Parameters(string member)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Split(member, ';').Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parameters[part[..equals].Trim()] = part[(equals + 1)..].Trim();
            }
        }

        return parameters;
    }

    // A separator inside a quoted string separates nothing.
    private static IEnumerable<string> Split(string text, char separator)
    {
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[i] == separator && !isQuoted)
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }

        yield return text[start..].Trim();
    }
}
