using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using SmartRateLimit.Keys;
using AesArm = System.Runtime.Intrinsics.Arm.Aes;
using AesX86 = System.Runtime.Intrinsics.X86.Aes;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// Hashes keys under a secret of this process. Each block of 16 bytes passes four rounds of AES before it meets another,
/// so that no difference between two keys can be chosen that cancels out; fewer rounds would be faster and forgeable. A
/// key's tail (<see cref="KeyTail"/>) is mixed and joined on its own.
/// </summary>
internal static class KeyHash
{
    private const int BlockLength = 16;
    private const int Lanes = 4;

    private static readonly Vector128<byte>[] Secret = DrawSecret();

    /// <summary>The hash of a key's text; the default value when the text has to be folded first.</summary>
    public static KeyIdentity OfShort(ReadOnlySpan<char> key) => KeyFolding.IsNeededInProcess(key) ? default : Of(key);

    public static KeyIdentity Of(ReadOnlySpan<char> key)
    {
        var bytes = MemoryMarshal.AsBytes(key);
        if (AesX86.IsSupported || AesArm.IsSupported)
        {
            return OfText(bytes);
        }

        var hash = SipHash.Of(bytes, Secret[0].AsUInt64(), Secret[1].AsUInt64());
        return new KeyIdentity(hash.AsUInt64()[0], hash.AsUInt32()[2]);
    }

    /// <summary>
    /// The hash of a key of one part, where the part is its own text: it is not empty, and holds neither a colon nor a
    /// percent sign. Looking for them while hashing costs next to nothing.
    /// </summary>
    /// <param name="part">The part.</param>
    /// <returns>The default value when the part has to be written as a key first, or is too long for this way.</returns>
    public static KeyIdentity OfPlain(string? part)
    {
        // Up to four blocks; nothing is added where the length is 0 or there is none.
        if (part is null || (uint)(part.Length - 1) >= 4 * BlockLength / sizeof(char) || !(AesX86.IsSupported || AesArm.IsSupported))
        {
            return default;
        }

        var hash = OfPlain(part, out var isPlain);
        return isPlain ? Identity(hash) : default;
    }

    /// <summary>The hash of a key of two parts, a text as <see cref="OfPlain(string)"/> takes it and a number, joined by a colon.</summary>
    /// <returns>The default value when the key has to be written first.</returns>
    public static KeyIdentity OfPlain(string? part, long number)
    {
        if (part is null || (uint)(part.Length - 1) >= 4 * BlockLength / sizeof(char) || (ulong)number >= KeyTail.FirstTooLong || !(AesX86.IsSupported || AesArm.IsSupported))
        {
            return default;
        }

        var tail = KeyTail.OfNumber((uint)number, out var digits);
        var hash = OfPlain(part, out var isPlain);

        // A text of one block has no tail.
        return isPlain & ((part.Length + 1 + digits) * sizeof(char) > BlockLength) ? Identity(Join(hash, tail)) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> OfPlain(string part, out bool isPlain)
    {
        ref var secret = ref MemoryMarshal.GetArrayDataReference(Secret);
        ref var start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(part.AsSpan()));
        var length = part.Length * sizeof(char);
        Vector128<byte> mixed;
        Vector128<ushort> special;
        if (length <= BlockLength)
        {
            var only = ShortBlock(MemoryMarshal.CreateReadOnlySpan(ref start, length));
            special = PlainText.Special(only.AsUInt16());
            mixed = Mix(only ^ secret);
        }
        else
        {
            var first = Vector128.LoadUnsafe(ref start);
            var last = Vector128.LoadUnsafe(ref start, (nuint)(length - BlockLength));
            special = PlainText.Special(first.AsUInt16()) | PlainText.Special(last.AsUInt16());
            mixed = Mix(first ^ secret) ^ Mix(last ^ Part(ref secret, 1));
            if (length > 2 * BlockLength)
            {
                var second = Vector128.LoadUnsafe(ref start, BlockLength);
                special |= PlainText.Special(second.AsUInt16());
                mixed ^= Mix(second ^ Part(ref secret, 2));
                if (length > 3 * BlockLength)
                {
                    var rest = MemoryMarshal.CreateReadOnlySpan(ref start, length)[(2 * BlockLength)..(length - BlockLength)];
                    special |= PlainText.Special((rest.Length < BlockLength ? ShortBlock(rest) : Vector128.LoadUnsafe(ref start, 2 * BlockLength)).AsUInt16());
                    mixed ^= OfLong(rest, ref secret);
                }
            }
        }

        isPlain = special == default;
        return Finish(mixed, length, ref secret);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Finish(Vector128<byte> mixed, int length, ref Vector128<byte> secret) =>
        // The length comes in after the blocks were mixed: before, a block could be chosen that hides it.
        Mix(mixed ^ Vector128.CreateScalar((uint)length).AsByte() ^ Part(ref secret, 3));

    private static Vector128<byte> Join(Vector128<byte> head, Vector128<byte> tail) =>
        Mix(head ^ Mix(tail ^ Part(ref MemoryMarshal.GetArrayDataReference(Secret), Lanes + 1)));

    private static KeyIdentity Identity(Vector128<byte> hash) => new(hash.AsUInt64()[0], hash.AsUInt32()[2]);

    private static KeyIdentity OfText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BlockLength)
        {
            var end = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(bytes), (nuint)(bytes.Length - BlockLength)).AsUInt16();
            if (KeyTail.Colons(end) is not 0 and var colons)
            {
                var tail = KeyTail.Of(end, colons, out var length);
                return Identity(Join(OfBlocks(bytes[..^((length + 1) * sizeof(char))]), tail));
            }
        }

        return Identity(OfBlocks(bytes));
    }

    private static Vector128<byte> OfBlocks(ReadOnlySpan<byte> bytes)
    {
        ref var secret = ref MemoryMarshal.GetArrayDataReference(Secret);
        var length = bytes.Length;
        Vector128<byte> mixed;
        if (length <= BlockLength)
        {
            mixed = Mix(ShortBlock(bytes) ^ secret);
        }
        else
        {
            ref var start = ref MemoryMarshal.GetReference(bytes);
            mixed = Mix(Vector128.LoadUnsafe(ref start) ^ secret)
                ^ Mix(Vector128.LoadUnsafe(ref start, (nuint)(length - BlockLength)) ^ Part(ref secret, 1));
            if (length > 2 * BlockLength)
            {
                mixed ^= Mix(Vector128.LoadUnsafe(ref start, BlockLength) ^ Part(ref secret, 2));
                if (length > 3 * BlockLength)
                {
                    mixed ^= OfLong(bytes[(2 * BlockLength)..(length - BlockLength)], ref secret);
                }
            }
        }

        return Finish(mixed, length, ref secret);
    }

    // What lies between the first blocks and the last: a chain, in which the last link overlaps the one before.
    private static Vector128<byte> OfLong(ReadOnlySpan<byte> bytes, ref Vector128<byte> secret)
    {
        var chain = Part(ref secret, 4);
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var last = bytes.Length - BlockLength;
        for (var offset = 0; offset < last; offset += BlockLength)
        {
            chain = Mix(chain ^ Vector128.LoadUnsafe(ref start, (nuint)offset));
        }

        return last < 0 ? Mix(chain ^ ShortBlock(bytes)) : Mix(chain ^ Vector128.LoadUnsafe(ref start, (nuint)last));
    }

    // Every byte of a short text is in it, and with the length none can be taken for another.
    private static Vector128<byte> ShortBlock(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        return length >= 8
            ? Vector128.Create(MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[(length - 8)..])).AsByte()
            : length >= 4 ? Vector128.Create(MemoryMarshal.Read<uint>(bytes), (ulong)MemoryMarshal.Read<uint>(bytes[(length - 4)..])).AsByte()
            : length >= 2 ? Vector128.CreateScalar((ulong)MemoryMarshal.Read<ushort>(bytes)).AsByte()
            : default;
    }

    private static Vector128<byte> Part(ref Vector128<byte> secret, int index) => Unsafe.Add(ref secret, index);

    private static Vector128<byte> Mix(Vector128<byte> block) => Round(Round(Round(Round(block))));

    private static Vector128<byte> Round(Vector128<byte> block) => AesX86.IsSupported
        ? AesX86.Encrypt(block, default)
        : AesArm.MixColumns(AesArm.Encrypt(block, default));

    private static Vector128<byte>[] DrawSecret()
    {
        var secret = new Vector128<byte>[Lanes + 2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(secret.AsSpan()));
        return secret;
    }
}
