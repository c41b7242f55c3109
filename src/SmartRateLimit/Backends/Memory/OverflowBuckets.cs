using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>
/// A fixed number of buckets per policy and stripe that new keys share while the table is full of live ones. Which key falls into
/// which is seeded, so that nobody can aim at another's.
/// </summary>
internal sealed class OverflowBuckets(BackendClock clock)
{
    private const int PerPolicy = 4;

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

    /// <summary>Makes a bucket that does not exist yet begin with what was spent elsewhere.</summary>
    public void Inherit(RateProgram program, int hash, RateMeter meter)
    {
        if (!_byPolicy.TryGetValue(program.Name, out var buckets))
        {
            _byPolicy.Add(program.Name, buckets = new Bucket?[PerPolicy]);
        }

        buckets[Index(hash)] ??= new Bucket(program, string.Empty, hash, meter);
    }

    // The low bits choose the slot.
    private static int Index(int hash) => (int)((uint)hash >> 26) & (PerPolicy - 1);
}
