namespace SmartRateLimit;

/// <summary>Numbers that are the same in every process, so that a seed takes the same course in each.</summary>
internal static class RandomNumberGenerator
{
    public static void Fill(Span<byte> data) => new Random(1).NextBytes(data);

    public static byte[] GetBytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public static int GetInt32(int toExclusive) => toExclusive / 2;
}
