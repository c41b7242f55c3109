using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using AesArm = System.Runtime.Intrinsics.Arm.Aes;
using AesX86 = System.Runtime.Intrinsics.X86.Aes;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// Hashes keys under a secret of this process. Each block of 16 bytes passes four rounds of AES before it meets another,
/// so that no difference between two keys can be chosen that cancels out; fewer rounds would be faster and forgeable.
/// </summary>
internal static class KeyHash
{
    private const int BlockLength = 16;
    private const int Lanes = 4;

    private static readonly Vector128<byte>[] Secret = DrawSecret();

    public static KeyIdentity Of(ReadOnlySpan<char> key)
    {
        var bytes = MemoryMarshal.AsBytes(key);
        var hash = AesX86.IsSupported || AesArm.IsSupported ? OfBlocks(bytes) : SipHash.Of(bytes, Secret[0].AsUInt64(), Secret[1].AsUInt64());
        return new KeyIdentity(hash.AsUInt64()[0], hash.AsUInt32()[2]);
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

        // The length comes in after the blocks were mixed: before, a block could be chosen that hides it.
        return Mix(mixed ^ Vector128.CreateScalar((uint)length).AsByte() ^ Part(ref secret, 3));
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

    private static Vector128<byte> Part(ref Vector128<byte> secret, int index) => System.Runtime.CompilerServices.Unsafe.Add(ref secret, index);

    private static Vector128<byte> Mix(Vector128<byte> block) => Round(Round(Round(Round(block))));

    private static Vector128<byte> Round(Vector128<byte> block) => AesX86.IsSupported
        ? AesX86.Encrypt(block, default)
        : AesArm.MixColumns(AesArm.Encrypt(block, default));

    private static Vector128<byte>[] DrawSecret()
    {
        var secret = new Vector128<byte>[Lanes + 1];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(secret.AsSpan()));
        return secret;
    }
}
