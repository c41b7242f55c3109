using System.Numerics;

namespace SmartRateLimit.Backends.Remote;

/// <summary>
/// Remembers which buckets are over, so that asking for them costs no round trip: a bounded table without locks, in
/// which a forgotten refusal only costs a call.
/// </summary>
internal sealed class RefusalMemory
{
    private const int Ways = 4;

    private readonly BackendClock _clock;
    private readonly Refusal?[] _cells;
    private readonly int[] _versions;

    public RefusalMemory(int capacity, BackendClock clock)
    {
        _clock = clock;
        _versions = capacity == 0 ? [] : new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, capacity / Ways))];
        _cells = new Refusal?[_versions.Length * Ways];
    }

    /// <summary>Marks that a request comes in, before it is sent.</summary>
    public RefusalMark Mark(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        var hash = BucketIdentity.Hash(policy, key);
        return new RefusalMark(hash, _versions.Length == 0 ? 0 : Volatile.Read(ref _versions[Set(hash)]), _clock.Monotonic);
    }

    public bool TryRecall(RefusalMark mark, RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, bool mayReserve, out RateLimitDecision decision)
    {
        if (Find(mark.Hash, policy.Name, key, out _) is { } refusal && !refusal.IsOver(mark.Time) && refusal.Covers(policy, cost, mayReserve))
        {
            decision = refusal.At(mark.Time);
            return true;
        }

        decision = default;
        return false;
    }

    /// <summary>Takes note of what the store said to a request.</summary>
    public void Learn(RefusalMark mark, in StoreRequest request, in RateLimitDecision decision)
    {
        if (_versions.Length == 0)
        {
            return;
        }

        var known = Find(mark.Hash, request.Policy.Name, request.Key.Span, out var place);
        if (decision.Reason == RateLimitReason.Exceeded && decision.RetryAfter > TimeSpan.Zero)
        {
            Remember(mark, request, decision, known, place);
        }
        else if (decision.IsAllowed && known is not null && (request.Cost > 0 || !known.Covers(request.Policy, request.Cost, request.MayReserve)))
        {
            // Somebody got through whom it would have refused, or under other numbers.
            _ = Interlocked.CompareExchange(ref _cells[place], null, known);
        }
    }

    /// <summary>Drops what is known of a bucket, and what calls under way are about to tell of it.</summary>
    public void Forget(string policyName, ReadOnlySpan<char> key)
    {
        if (_versions.Length == 0)
        {
            return;
        }

        var hash = BucketIdentity.Hash(policyName, key);
        _ = Interlocked.Increment(ref _versions[Set(hash)]);
        if (Find(hash, policyName, key, out var place) is { } refusal)
        {
            _ = Interlocked.CompareExchange(ref _cells[place], null, refusal);
        }
    }

    private void Remember(RefusalMark mark, in StoreRequest request, in RateLimitDecision decision, Refusal? known, int place)
    {
        var refusal = new Refusal(mark.Hash, request, decision, mark.Time, _clock.Monotonic);
        var set = Set(mark.Hash);
        place = known is null ? Victim(set) : place;
        Volatile.Write(ref _cells[place], refusal);

        // A bucket that was forgotten meanwhile may have been refused before that; checked last, so that Forget finds it or is found.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _versions[set]) != mark.Version)
        {
            _ = Interlocked.CompareExchange(ref _cells[place], null, refusal);
        }
    }

    private Refusal? Find(int hash, string policyName, ReadOnlySpan<char> key, out int place)
    {
        place = -1;
        if (_versions.Length == 0)
        {
            return null;
        }

        var first = Set(hash) * Ways;
        for (place = first; place < first + Ways; place++)
        {
            if (Volatile.Read(ref _cells[place]) is { } refusal && refusal.IsFor(hash, policyName, key))
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>The cell of a set that is free or whose refusal ends first.</summary>
    private int Victim(int set)
    {
        var victim = set * Ways;
        var earliest = long.MaxValue;
        for (var place = set * Ways; place < (set + 1) * Ways; place++)
        {
            var until = Volatile.Read(ref _cells[place])?.Until ?? long.MinValue;
            (victim, earliest) = until < earliest ? (place, until) : (victim, earliest);
        }

        return victim;
    }

    private int Set(int hash) => hash & (_versions.Length - 1);
}
