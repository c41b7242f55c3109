using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmartRateLimit.Telemetry;

/// <summary>
/// A caller's key as a log may hold it: one line of visible ASCII, bounded in length, so that it can neither forge an
/// entry nor hide in one; or only a hash of it.
/// </summary>
internal static class LoggedKey
{
    private const int MaxLength = 128;

    // Without a secret, a hash of something as short as an address is found by trying all of them.
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    public static string Of(ReadOnlySpan<char> key, bool isHashed) => isHashed ? Hash(key) : Escape(key);

    private static string Escape(ReadOnlySpan<char> key)
    {
        var text = new StringBuilder(key.Length);
        foreach (var c in key)
        {
            if (text.Length >= MaxLength)
            {
                return text.Append("...").ToString();
            }

            _ = c is >= ' ' and <= '~' and not '\\' ? text.Append(c) : text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return text.ToString();
    }

    private static string Hash(ReadOnlySpan<char> key)
    {
        var hash = HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(key.ToArray()));
        return string.Concat("#", Convert.ToHexString(hash, 0, 8));
    }
}
