using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// What stands behind a key's last colon, if that is one to seven characters: the hash takes it apart from what comes
/// before, so that a key of a text and a number is hashed without being written. A tail is a block with its characters at
/// the end, zeros before them, and their number first.
/// </summary>
internal static class KeyTail
{
    /// <summary>Numbers from here on have more than seven digits.</summary>
    public const long FirstTooLong = 10_000_000;

    private const int Places = 8;

    /// <summary>Where colons stand in the last eight characters of a text, a bit for each; 0 when there is no tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Colons(Vector128<ushort> end)
    {
        var colons = Vector128.Equals(end, Vector128.Create((ushort)':')).ExtractMostSignificantBits();
        return colons < 1 << (Places - 1) ? colons : 0;
    }

    /// <summary>The tail of a text.</summary>
    /// <param name="end">Its last eight characters.</param>
    /// <param name="colons">What <see cref="Colons"/> says of them, not 0.</param>
    /// <param name="length">How many characters it has.</param>
    public static Vector128<byte> Of(Vector128<ushort> end, uint colons, out int length)
    {
        var colon = BitOperations.Log2(colons);
        length = Places - 1 - colon;
        var isBehind = Vector128.GreaterThan(Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector128.Create((short)colon));
        return ((end & isBehind.AsUInt16()) | Vector128.CreateScalar((ushort)length)).AsByte();
    }

    /// <summary>The tail that a number's text would be.</summary>
    /// <param name="number">From 0 to below <see cref="FirstTooLong"/>.</param>
    /// <param name="length">How many digits it has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> OfNumber(uint number, out int length)
    {
        // Eight digits at once: halves of four, of two, of one, each by multiplication with a reciprocal that is exact there.
        var thousands = number / 10_000;
        var fours = thousands | ((ulong)(number - (thousands * 10_000)) << 32);
        var hundreds = ((fours * 10_486) >> 20) & 0x0000_007F_0000_007F;
        var twos = hundreds | ((fours - (hundreds * 100)) << 16);
        var tens = ((twos * 103) >> 10) & 0x000F_000F_000F_000F;
        var digits = tens | ((twos - (tens * 10)) << 8);
        length = number == 0 ? 1 : Places - (BitOperations.TrailingZeroCount(digits) / 8);
        digits |= 0x3030_3030_3030_3030UL << (8 * (Places - length));
        return (Vector128.WidenLower(Vector128.CreateScalar(digits).AsByte()) | Vector128.CreateScalar((ushort)length)).AsByte();
    }
}
