using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SmartRateLimit.Keys;

/// <summary>Tells texts that stand in a key as they are from those that have to be escaped.</summary>
internal static class PlainText
{
    private static readonly int Width = Vector128<ushort>.Count;

    /// <summary>Whether the text holds neither a colon nor a percent sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(ReadOnlySpan<char> text)
    {
        if (!Vector128.IsHardwareAccelerated || text.Length < Width || text.Length > 3 * Width)
        {
            return !text.ContainsAny(':', '%');
        }

        ref var start = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var special = Special(Vector128.LoadUnsafe(ref start)) | Special(Vector128.LoadUnsafe(ref start, (nuint)(text.Length - Width)));
        if (text.Length > 2 * Width)
        {
            special |= Special(Vector128.LoadUnsafe(ref start, (nuint)Width));
        }

        return special == default;
    }

    /// <summary>Marks the characters that have to be escaped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Special(Vector128<ushort> text) =>
        Vector128.Equals(text, Vector128.Create((ushort)':')) | Vector128.Equals(text, Vector128.Create((ushort)'%'));
}
