namespace SmartRateLimit.Backends;

/// <summary>
/// Remembers which of several backends charged a bucket last, so that permits are handed back where they were taken. It forgets when
/// two buckets fall together; then they stay spent, which never admits too much.
/// </summary>
internal sealed class Deciders
{
    private const int Cells = 4_096;
    private const int IndexBits = 8;

    private readonly long[] _cells = new long[Cells];

    public void Note(RateLimitPolicy policy, ReadOnlySpan<char> key, int member)
    {
        var hash = BucketIdentity.Hash(policy, key);
        Volatile.Write(ref _cells[hash & (Cells - 1)], ((long)hash << IndexBits) | (uint)(member + 1));
    }

    /// <returns>The member's index, or −1 when it is not known.</returns>
    public int Of(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        var hash = BucketIdentity.Hash(policy, key);
        var cell = Volatile.Read(ref _cells[hash & (Cells - 1)]);
        return cell >> IndexBits == hash ? (int)(cell & ((1 << IndexBits) - 1)) - 1 : -1;
    }
}
