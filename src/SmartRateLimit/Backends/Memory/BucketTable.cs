using SmartRateLimit.Backends.Memory.Cells;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>
/// The keys whose states do not fit a word: several rates, logs, and numbers that changed. A stripe of buckets behind each
/// of the gates.
/// </summary>
internal sealed class BucketTable
{
    private readonly BucketStripe[] _stripes = new BucketStripe[KeyGates.Count];
    private int _next;

    public BucketTable(KeyGates gates, StateBudget budget, Reclaimer reclaimer, BackendClock clock)
    {
        for (var i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new BucketStripe(gates[i], budget, reclaimer, clock);
        }

        reclaimer.Add(TryReclaim);
    }

    public int Count => _stripes.Sum(stripe => stripe.Count);

    public int States => _stripes.Sum(stripe => stripe.States);

    /// <summary>The key's hash within its stripe.</summary>
    public static int Hash(RateProgram program, in KeyIdentity key) => (int)key.Tag ^ program.NameHash;

    public BucketStripe Stripe(in KeyIdentity key) => _stripes[key.Gate];

    private bool TryReclaim(int probes)
    {
        for (var i = 0; i < _stripes.Length; i++)
        {
            var stripe = _stripes[(uint)Interlocked.Increment(ref _next) % (uint)_stripes.Length];
            if (stripe.Count > 0)
            {
                return stripe.TryReclaim(probes);
            }
        }

        return false;
    }
}
