using System.Globalization;
using System.Text;

namespace SmartRateLimit.MongoDB.Buckets;

/// <summary>The id of a bucket's document, <c>prefix:policy:key</c>. No two buckets have one, whatever their names hold.</summary>
internal static class BucketName
{
    /// <summary>Different slots: enough that calls for different documents seldom meet in one queue.</summary>
    private const int Slots = 1024;

    public static string Format(string prefix, string policy, ReadOnlySpan<char> key)
    {
        var name = new StringBuilder(prefix.Length + policy.Length + key.Length + 2);
        Escape(name, prefix, isLast: false);
        name.Append(':');
        Escape(name, policy, isLast: false);
        name.Append(':');
        Escape(name, key, isLast: true);
        return name.ToString();
    }

    /// <summary>FNV-1a over the names of policy and key.</summary>
    public static int Slot(string policy, ReadOnlySpan<char> key)
    {
        var hash = 2166136261u;
        foreach (var c in policy)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        foreach (var c in key)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return (int)((hash ^ (hash >> 16)) % Slots);
    }

    // Texts of the store are UTF-8, in which half a character cannot be written.
    private static void Escape(StringBuilder name, ReadOnlySpan<char> text, bool isLast)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                name.Append(c).Append(text[++i]);
            }
            else if (char.IsControl(c) || char.IsSurrogate(c) || c == '%' || (c == ':' && !isLast))
            {
                name.Append(CultureInfo.InvariantCulture, $"%{(int)c:X4}");
            }
            else
            {
                name.Append(c);
            }
        }
    }
}
