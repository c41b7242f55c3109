using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// SipHash-1-3 with 128 bits of output (J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", 2012), for
/// processors without instructions for AES. Its second half starts from a key of its own.
/// </summary>
internal static class SipHash
{
    public static Vector128<byte> Of(ReadOnlySpan<byte> bytes, Vector128<ulong> key, Vector128<ulong> secondKey)
    {
        var state = new State(key);
        var length = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            state.Absorb(MemoryMarshal.Read<ulong>(bytes));
        }

        var last = length << 56;
        for (var i = 0; i < bytes.Length; i++)
        {
            last |= (ulong)bytes[i] << (8 * i);
        }

        state.Absorb(last);
        var first = state.Finish(0xff);
        state.Absorb(secondKey[0]);
        return Vector128.Create(first, state.Finish(secondKey[1])).AsByte();
    }

    private struct State(Vector128<ulong> key)
    {
        private ulong _a = key[0] ^ 0x736f6d6570736575;
        private ulong _b = key[1] ^ 0x646f72616e646f6d;
        private ulong _c = key[0] ^ 0x6c7967656e657261;
        private ulong _d = key[1] ^ 0x7465646279746573;

        public void Absorb(ulong word)
        {
            _d ^= word;
            Round();
            _a ^= word;
        }

        public ulong Finish(ulong mark)
        {
            _c ^= mark;
            Round();
            Round();
            Round();
            return _a ^ _b ^ _c ^ _d;
        }

        private void Round()
        {
            _a += _b;
            _c += _d;
            _b = BitOperations.RotateLeft(_b, 13) ^ _a;
            _d = BitOperations.RotateLeft(_d, 16) ^ _c;
            _a = BitOperations.RotateLeft(_a, 32);
            _c += _b;
            _a += _d;
            _b = BitOperations.RotateLeft(_b, 17) ^ _c;
            _d = BitOperations.RotateLeft(_d, 21) ^ _a;
            _c = BitOperations.RotateLeft(_c, 32);
        }
    }
}
