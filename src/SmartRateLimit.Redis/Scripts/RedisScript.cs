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

    private static string Load()
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream("decide.lua")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
