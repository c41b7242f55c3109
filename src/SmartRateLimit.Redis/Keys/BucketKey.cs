using System.Buffers;
using System.Globalization;
using System.Text;

namespace SmartRateLimit.Redis.Keys;

/// <summary>
/// Names of buckets in the store, <c>prefix:{tag}:policy:key</c>, readable in <c>redis-cli</c>. The tag, which decides a
/// cluster's slot, is made from the key, so that all policies of one key can be decided as one; no text of a user's can be a tag.
/// </summary>
internal static class BucketKey
{
    /// <summary>Different tags. Enough to spread over many masters, few enough that calls for one slot meet in a batch.</summary>
    public const int Tags = 1024;

    private const int TagLength = 3;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x80).Select(code => (char)code).Where(c => MustEscape(c, escapesColon: false)), '%']);

    public static string Format(string prefix, string policy, ReadOnlySpan<char> key)
    {
        if (!prefix.AsSpan().ContainsAny(Special) && !policy.AsSpan().ContainsAny(Special) && !policy.Contains(':') && !key.ContainsAny(Special))
        {
            return string.Create(CultureInfo.InvariantCulture, stackalloc char[256], $"{prefix}:{{{Tag(key):x3}}}:{policy}:{key}");
        }

        var name = new StringBuilder(prefix.Length + policy.Length + key.Length + 8);
        Escape(name, prefix, escapesColon: false);
        name.Append(CultureInfo.InvariantCulture, $":{{{Tag(key):x3}}}:");
        Escape(name, policy, escapesColon: true);
        name.Append(':');
        Escape(name, key, escapesColon: false);
        return name.ToString();
    }

    /// <summary>The pattern of <c>SCAN</c> that finds a policy's buckets.</summary>
    public static string Pattern(string prefix, string policy)
    {
        var name = new StringBuilder();
        Escape(name, prefix, escapesColon: false);
        name.Append(":{???}:");
        Escape(name, policy, escapesColon: true);
        name.Append(':');
        var pattern = new StringBuilder(name.Length + 8);
        foreach (var c in name.ToString())
        {
            // Only the tag's three question marks are meant as a pattern.
            pattern.Append(c is '*' or '[' or ']' or '\\' or '^' ? $"\\{c}" : c.ToString());
        }

        return pattern.Append('*').ToString();
    }

    /// <summary>The policy and the key of a bucket's name, as the limiter was given them.</summary>
    public static bool TryParse(string name, string prefix, out string policy, out string key)
    {
        var start = new StringBuilder();
        Escape(start, prefix, escapesColon: false);
        start.Append(":{");
        var afterTag = start.Length + TagLength + "}:".Length;
        var colon = name.Length > afterTag && name.StartsWith(start.ToString(), StringComparison.Ordinal) ? name.IndexOf(':', afterTag) : -1;
        policy = colon < 0 ? string.Empty : Unescape(name.AsSpan(afterTag, colon - afterTag), escapesColon: true);
        key = colon < 0 ? string.Empty : Unescape(name.AsSpan(colon + 1), escapesColon: false);
        return colon >= 0;
    }

    /// <summary>FNV-1a; every node must come to the same tag.</summary>
    public static int Tag(ReadOnlySpan<char> key)
    {
        var hash = 2166136261u;
        foreach (var c in key)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return (int)((hash ^ (hash >> 16)) % Tags);
    }

    // A percent sign is escaped only where it would read as one of ours, so that "%3A" and the like stay as they are.
    private static void Escape(StringBuilder name, ReadOnlySpan<char> text, bool escapesColon)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (MustEscape(c, escapesColon) || (c == '%' && IsEscape(text[(i + 1)..], escapesColon)))
            {
                name.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            }
            else
            {
                name.Append(c);
            }
        }
    }

    private static string Unescape(ReadOnlySpan<char> text, bool escapesColon)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && IsEscape(text[(i + 1)..], escapesColon))
            {
                plain.Append((char)int.Parse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    private static bool MustEscape(char c, bool escapesColon) => c is < ' ' or '{' or '}' or '\u007F' || (escapesColon && c == ':');

    private static bool IsEscape(ReadOnlySpan<char> text, bool escapesColon) =>
        text.Length >= 2
        && char.IsAsciiHexDigitUpper(text[1])
        && text[0] is >= '0' and <= '7'
        && int.Parse(text[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is var code
        && (code == '%' || MustEscape((char)code, escapesColon));
}
