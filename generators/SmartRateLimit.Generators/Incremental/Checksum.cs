using System.Security.Cryptography;
using System.Text;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>Short texts that stand for long ones. A collision would keep outdated code, so they are made by a hash that has none.</summary>
internal static class Checksum
{
    public static string Of(string text)
    {
        using var hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.Unicode.GetBytes(text)));
    }

    public static string Of(IEnumerable<string> texts) => Of(string.Join("\n", texts));
}
