using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SmartRateLimit.Backends.Memory.Cells;

namespace SmartRateLimit.Tests.Backends;

public sealed class KeyHashTests
{
    [Fact]
    public void Keys_of_every_length_that_differ_in_one_bit_have_different_identities()
    {
        var seen = new HashSet<KeyIdentity>();
        var keys = 0;
        for (var length = 0; length <= 200; length++)
        {
            var key = new char[length];
            Assert.True(seen.Add(KeyHash.Of(key)));
            keys++;
            for (var bit = 0; bit < length * 16; bit++)
            {
                key[bit / 16] ^= (char)(1 << (bit % 16));
                Assert.True(seen.Add(KeyHash.Of(key)), $"length {length}, bit {bit}");
                key[bit / 16] ^= (char)(1 << (bit % 16));
                keys++;
            }
        }

        Assert.Equal(keys, seen.Count);
    }

    [Fact]
    public void One_key_has_one_identity_wherever_its_text_lies()
    {
        var text = new string('x', 3) + string.Concat(Enumerable.Range(0, 200).Select(i => (char)('a' + (i % 26))));
        for (var length = 0; length < 190; length++)
        {
            var first = KeyHash.Of(text.AsSpan(3, length));
            Assert.Equal(first, KeyHash.Of(string.Concat("yz", text.AsSpan(3, length)).AsSpan(2)));
        }
    }

    [Fact]
    public void A_text_and_a_number_have_the_identity_of_what_they_would_be_written_as()
    {
        long[] numbers = [0, 1, 9, 10, 42, 99, 100, 101, 999, 1_000, 9_999, 10_000, 10_001, 99_999, 100_000, 123_456, 999_999, 1_000_000, 9_090_909, 9_999_999];
        for (var length = 1; length <= 32; length++)
        {
            var text = new string('t', length - 1) + "x";
            foreach (var number in numbers.Concat(Enumerable.Range(0, 200).Select(_ => (long)Random.Shared.Next(10_000_000))))
            {
                var written = string.Create(CultureInfo.InvariantCulture, $"{text}:{number}");
                var identity = KeyHash.OfPlain(text, number);

                Assert.Equal(written.Length > 8 ? KeyHash.Of(written) : default, identity);
            }
        }
    }

    [Fact]
    public void What_cannot_be_hashed_unwritten_says_so()
    {
        Assert.All(
            new (string? Text, long Number)[] { (null, 1), ("", 1), ("a long text: with a colon", 1), ("a long text with 5%", 1), ("a long text", -1), ("a long text", 10_000_000), ("a long text", long.MaxValue), (new string('x', 33), 1) },
            key => Assert.Equal(default, KeyHash.OfPlain(key.Text, key.Number)));
    }

    [Fact]
    public void Keys_that_differ_in_where_their_colons_stand_have_different_identities()
    {
        var seen = new Dictionary<KeyIdentity, string>();
        foreach (var length in (int[])[1, 5, 8, 9, 10, 16, 17, 30, 40, 80])
        {
            var plain = string.Concat(Enumerable.Repeat("1", length));
            Add(plain);
            for (var one = 0; one < length; one++)
            {
                Add(plain.Remove(one, 1).Insert(one, ":"));
                for (var other = 0; other < one; other++)
                {
                    Add(plain.Remove(one, 1).Insert(one, ":").Remove(other, 1).Insert(other, ":"));
                }
            }
        }

        void Add(string key) => Assert.True(seen.TryAdd(KeyHash.Of(key), key), key);
    }

    /// <summary>Each bit of the identity changes with about half of the bits of the key: nothing is lost on the way.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(100)]
    public void Every_bit_of_a_key_reaches_every_bit_of_its_identity(int length)
    {
        const int Rounds = 400;
        var random = new Random(length);
        var flips = new int[96];
        for (var round = 0; round < Rounds; round++)
        {
            var key = new char[length];
            random.NextBytes(MemoryMarshal.AsBytes(key.AsSpan()));
            var before = KeyHash.Of(key);
            key[random.Next(length)] ^= (char)(1 << random.Next(16));
            var after = KeyHash.Of(key);
            for (var bit = 0; bit < 96; bit++)
            {
                var differs = bit < 64 ? ((before.Tag ^ after.Tag) >> bit) & 1 : ((before.Extra ^ after.Extra) >> (bit - 64)) & 1;
                flips[bit] += (int)differs;
            }
        }

        // Seven standard deviations: it fails by chance once in a thousand million runs.
        Assert.All(flips, count => Assert.InRange(count, (Rounds / 2) - 70, (Rounds / 2) + 70));
    }

    /// <summary>What an attack on fewer rounds would look for: two changes, one in each block, that cancel out.</summary>
    [Fact]
    public void Changes_in_two_blocks_do_not_cancel_out()
    {
        var seen = new HashSet<KeyIdentity>();
        for (var one = 0; one < 256; one++)
        {
            for (var other = 0; other < 256; other++)
            {
                var key = new char[16];
                (key[0], key[8]) = ((char)one, (char)other);
                Assert.True(seen.Add(KeyHash.Of(key)));
            }
        }
    }

    [Fact]
    public void Processors_without_instructions_for_it_hash_as_well()
    {
        var (key, second) = (Vector128.Create(1UL, 2UL), Vector128.Create(3UL, 4UL));
        var seen = new HashSet<Vector128<byte>>();
        for (var length = 0; length <= 40; length++)
        {
            var bytes = new byte[length];
            Assert.True(seen.Add(SipHash.Of(bytes, key, second)));
            for (var i = 0; i < length; i++)
            {
                bytes[i] = 1;
                Assert.True(seen.Add(SipHash.Of(bytes, key, second)));
                bytes[i] = 0;
            }
        }

        Assert.NotEqual(SipHash.Of([1], key, second), SipHash.Of([1], second, key));
    }
}
