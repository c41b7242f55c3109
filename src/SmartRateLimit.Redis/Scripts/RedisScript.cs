using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SmartRateLimit.Redis.Scripts;

/// <summary>The program that decides in the store, and the hash by which the store knows it.</summary>
internal sealed class RedisScript
{
    /// <summary>The program that ships.</summary>
    public static readonly RedisScript Shipped = new(Load());

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Redis names scripts by their SHA-1.")]
    public RedisScript(string text)
    {
        Text = text;
        Hash = SHA1.HashData(Encoding.UTF8.GetBytes(text));
    }

    public string Text { get; }

    public byte[] Hash { get; }

    // The numbers in the parts' names are their order.
    private static string Load()
    {
        var assembly = typeof(RedisScript).Assembly;
        var text = new StringBuilder();
        foreach (var part in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".lua", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(part)!, Encoding.UTF8);
            text.Append(text.Length == 0 ? string.Empty : "\n").Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
