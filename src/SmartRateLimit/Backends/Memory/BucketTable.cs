using System.Numerics;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>The key table: stripes of buckets, each under a lock of its own. The seam behind which a faster table may stand.</summary>
internal sealed class BucketTable
{
    /// <summary>Below this many states a stripe is not worth dividing.</summary>
    private const int StatesPerStripe = 1024;

    /// <summary>So many that a set of them fits a word.</summary>
    private const int MaxStripes = 64;

    private readonly BucketStripe[] _stripes;
    private readonly int _shift;

    public BucketTable(int maxStates, BackendClock clock)
    {
        var wanted = Math.Clamp(maxStates / StatesPerStripe, 1, Math.Min(MaxStripes, Environment.ProcessorCount * 4));
        var count = 1 << BitOperations.Log2((uint)wanted);
        _stripes = new BucketStripe[count];
        _shift = 16;
        for (var i = 0; i < count; i++)
        {
            _stripes[i] = new BucketStripe((maxStates / count) + (i < maxStates % count ? 1 : 0), clock);
        }
    }

    public int Count => _stripes.Sum(stripe => stripe.Count);

    /// <summary>A hash that is seeded for this process, so that nobody outside can choose keys that collide.</summary>
    public static int Hash(RateProgram program, ReadOnlySpan<char> key) =>
        (int)BitOperations.RotateLeft((uint)program.NameHash, 7) ^ string.GetHashCode(key, StringComparison.Ordinal);

    public int StripeIndex(int hash) => (hash >> _shift) & (_stripes.Length - 1);

    public BucketStripe Stripe(int index) => _stripes[index];
}
