using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SmartRateLimit.Keys;

/// <summary>
/// Bounds what a key can cost a store: a key of more than 256 UTF-8 bytes, or one that UTF-8 cannot carry, is replaced by
/// a mark and the SHA-256 of its characters. A key that starts with the mark is folded as well, so that nobody can write
/// another's folded form.
/// </summary>
internal static class KeyFolding
{
    /// <summary>Characters of a folded key: the mark and 64 hexadecimal digits.</summary>
    public const int FoldedLength = 66;

    private const string Mark = "%#";
    private const int MaxBytes = 256;

    public static bool IsNeeded(ReadOnlySpan<char> key) =>
        (Ascii.IsValid(key) ? key.Length > MaxBytes : Encoding.UTF8.GetByteCount(key) > MaxBytes || HasLoneSurrogate(key))
        || key.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Whether a key that stays in this process, where any text is as good as another, has to be folded: a long one, or one that looks folded.</summary>
    public static bool IsNeededInProcess(ReadOnlySpan<char> key) => key.Length > MaxBytes || key is ['%', '#', ..];

    /// <summary>Writes the folded key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="folded">Room for <see cref="FoldedLength"/> characters.</param>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Hexadecimal digits, not a text to compare.")]
    public static void Fold(ReadOnlySpan<char> key, Span<char> folded)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(key), hash);
        Mark.CopyTo(folded);
        for (var i = 0; i < hash.Length; i++)
        {
            hash[i].TryFormat(folded[(Mark.Length + (2 * i))..], out _, "x2");
        }
    }

    /// <summary>The key as a store may be given it: itself where it is short and plain.</summary>
    public static ReadOnlySpan<char> Fold(ReadOnlySpan<char> key) => IsNeeded(key) ? Folded(key) : key;

    /// <summary>The folded key.</summary>
    public static char[] Folded(ReadOnlySpan<char> key)
    {
        var folded = new char[FoldedLength];
        Fold(key, folded);
        return folded;
    }

    /// <inheritdoc cref="Fold(ReadOnlySpan{char})"/>
    public static ReadOnlyMemory<char> Fold(ReadOnlyMemory<char> key) => IsNeeded(key.Span) ? Folded(key.Span) : key;

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            text = text[used..];
        }

        return false;
    }
}
