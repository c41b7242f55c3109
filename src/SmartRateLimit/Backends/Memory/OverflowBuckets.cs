using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>
/// A fixed number of buckets per policy that new keys share while the table is full of live ones. Which key falls into
/// which is seeded, so that nobody can aim at another's.
/// </summary>
internal sealed class OverflowBuckets(BackendClock clock)
{
    private const int PerPolicy = 64;

    private readonly Dictionary<string, Bucket?[]> _byPolicy = [];

    public Bucket? Find(RateProgram program, int hash) =>
        _byPolicy.TryGetValue(program.Name, out var buckets) ? buckets[Index(hash)] : null;

    public Bucket FindOrAdd(RateProgram program, int hash)
    {
        if (!_byPolicy.TryGetValue(program.Name, out var buckets))
        {
            _byPolicy.Add(program.Name, buckets = new Bucket?[PerPolicy]);
        }

        return buckets[Index(hash)] ??= new Bucket(program, string.Empty, hash, clock);
    }

    // The low bits choose the stripe and the slot.
    private static int Index(int hash) => (int)((uint)hash >> 26) & (PerPolicy - 1);
}
