using SmartRateLimit.Backends.Memory.Cells;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>
/// A part of the buckets: in slots by hash, and in a list that eviction walks. Call everything but the
/// constructor, <see cref="TryAdmit"/> and <see cref="TryDecide"/> while holding <see cref="Gate"/>.
/// </summary>
internal sealed class BucketStripe(object gate, StateBudget budget, Reclaimer reclaimer, BackendClock clock)
{
    /// <summary>Buckets looked at for an idle one before a new key is sent to the overflow: a bound on what a flood can cost.</summary>
    private const int EvictionProbes = 256;

    private readonly OverflowBuckets _overflow = new(clock);
    private Bucket?[] _slots = new Bucket?[16];
    private Bucket[] _listed = new Bucket[16];
    private int _count;
    private int _hand;
    private int _states;

    /// <summary>The lock that guards this stripe.</summary>
    public object Gate { get; } = gate;

    public int Count => Volatile.Read(ref _count);

    /// <summary>States of the budget that the stripe's buckets take.</summary>
    public int States => Volatile.Read(ref _states);

    /// <summary>Admits a request on a key that has a bucket, as <see cref="TryDecide"/>; if not, nothing is charged.</summary>
    public bool TryAdmit(RateProgram program, ReadOnlySpan<char> key, int hash, long cost)
    {
        if (FindOwn(program, key, hash) is not { } bucket)
        {
            return false;
        }

        bucket.Enter();
        try
        {
            return bucket.IsListed && bucket.TryAdmit(program, clock, cost);
        }
        finally
        {
            bucket.Exit();
        }
    }

    /// <summary>
    /// Decides on a key that has a bucket, without the gate. Slots are read while they change: a bucket may then not be found,
    /// and one that is found may have been removed, which it says once it is entered.
    /// </summary>
    public bool TryDecide(RateProgram program, ReadOnlySpan<char> key, int hash, long cost, long maxWait, out RateLimitDecision decision)
    {
        if (FindOwn(program, key, hash) is not { } bucket)
        {
            decision = default;
            return false;
        }

        bucket.Enter();
        try
        {
            decision = default;
            return bucket.IsListed && bucket.TryDecide(program, clock, cost, maxWait, out decision);
        }
        finally
        {
            bucket.Exit();
        }
    }

    /// <summary>The key's bucket, its share of the overflow when it has none of its own, or <see langword="null"/> when nobody asked yet.</summary>
    public Bucket? Find(RateProgram program, ReadOnlySpan<char> key, int hash) =>
        FindOwn(program, key, hash) ?? _overflow.Find(program, hash);

    /// <summary>Gives a key that has no bucket one with what it had spent before there were buckets.</summary>
    public void Inherit(RateProgram program, ReadOnlySpan<char> key, int hash, in KeyIdentity identity, RetiredStates retired)
    {
        if (FindOwn(program, key, hash) is not null)
        {
            return;
        }

        if (retired.Take(identity) is { } own)
        {
            // It was counted all the while.
            Add(new Bucket(retired.Program, key.ToString(), hash, own));
        }
        else if (retired.Shared is { } shared)
        {
            _overflow.Inherit(retired.Program, hash, shared);
        }
    }

    /// <summary>Forgets an idle bucket, if there is one among the next few and nobody is in the way.</summary>
    public bool TryReclaim(int probes)
    {
        if (!Monitor.TryEnter(Gate))
        {
            return false;
        }

        try
        {
            return Evict(1, probes);
        }
        finally
        {
            Monitor.Exit(Gate);
        }
    }

    /// <summary>The key's bucket, a new one if there is room, or its share of the overflow.</summary>
    public Bucket FindOrAdd(RateProgram program, ReadOnlySpan<char> key, int hash)
    {
        if (FindOwn(program, key, hash) is { } known)
        {
            return known;
        }

        if (!TryTakeRoom(program.LeastWeight))
        {
            return _overflow.FindOrAdd(program, hash);
        }

        // What a key spent while it shared an overflow bucket stays spent.
        var text = key.ToString();
        var bucket = _overflow.Find(program, hash)?.CopyFor(text, hash) ?? new Bucket(program, text, hash, clock);
        Add(bucket);
        return bucket;
    }

    /// <summary>Charges an admitted request to a bucket of this stripe that the caller has entered.</summary>
    public void Charge(Bucket bucket, long now, long cost)
    {
        bucket.Charge(now, cost, mayGrow: !bucket.CanGrow || MakeRoomBeside(bucket));
        Reweigh(bucket);
    }

    /// <summary>Makes a policy's numbers the ones that decide on a bucket of this stripe that the caller has entered.</summary>
    public void Adopt(Bucket bucket, RateProgram program)
    {
        if (!bucket.IsUnder(program))
        {
            bucket.Adopt(program, clock);
            Reweigh(bucket);
        }
    }

    /// <summary>Takes back what was charged since <see cref="Bucket.Save"/>.</summary>
    public void Restore(Bucket bucket, in Bucket.Snapshot saved)
    {
        bucket.Restore(saved);
        Reweigh(bucket);
    }

    /// <summary>Counts the room that a bucket takes by now: a log loses what has run out whenever it is read.</summary>
    public void Reweigh(Bucket bucket)
    {
        if (bucket.IsListed && bucket.CanChangeWeight)
        {
            var more = bucket.Weight - bucket.Counted;
            bucket.Counted += more;
            _states += more;
            budget.Add(more);
        }
    }

    /// <summary>
    /// Makes a key new. Where the overflow is in use the key keeps or gets a bucket of its own, if there is room for one,
    /// so that it does not take over what others spent there.
    /// </summary>
    public void Forget(RateProgram program, ReadOnlySpan<char> key, int hash)
    {
        if (FindOwn(program, key, hash) is { } bucket)
        {
            bucket.Enter();
            Remove(bucket);
            bucket.Exit();
        }

        if (_overflow.Find(program, hash) is not null && TryTakeRoom(program.LeastWeight))
        {
            Add(new Bucket(program, key.ToString(), hash, clock));
        }
    }

    private bool TryTakeRoom(int states) =>
        budget.TryTake(states)
        || (Evict(states, EvictionProbes) && budget.TryTake(states))
        || (reclaimer.TryReclaim() && budget.TryTake(states));

    /// <summary>Forgets idle buckets until there is room for so many states.</summary>
    /// <returns>Whether there is.</returns>
    private bool Evict(int states, int mostProbes)
    {
        for (var probes = Math.Min(_count, mostProbes); probes > 0 && !budget.HasRoomFor(states); probes--)
        {
            _hand = _hand + 1 < _count ? _hand + 1 : 0;
            EvictIfIdle(_listed[_hand]);
        }

        return budget.HasRoomFor(states);
    }

    // One that is part of a decision has been entered, perhaps by this thread.
    private void EvictIfIdle(Bucket candidate)
    {
        if (!candidate.TryEnter())
        {
            return;
        }

        try
        {
            if (candidate.IsIdle(clock))
            {
                Remove(candidate);
            }
        }
        finally
        {
            candidate.Exit();
        }
    }

    // A log that is full doubles.
    private bool MakeRoomBeside(Bucket bucket) => budget.HasRoomFor(bucket.Weight) || Evict(bucket.Weight, EvictionProbes);

    private Bucket? FindOwn(RateProgram program, ReadOnlySpan<char> key, int hash)
    {
        var slots = Volatile.Read(ref _slots);
        var bucket = Volatile.Read(ref slots[hash & (slots.Length - 1)]);
        while (bucket is not null && !bucket.Is(program, key, hash))
        {
            bucket = bucket.Next;
        }

        return bucket;
    }

    private ref Bucket? Slot(int hash) => ref _slots[hash & (_slots.Length - 1)];

    private void Add(Bucket bucket)
    {
        if (_count == _listed.Length)
        {
            Grow();
        }

        bucket.Counted = bucket.Weight;
        bucket.Position = _count;
        _listed[_count++] = bucket;
        _states += bucket.Counted;
        Link(bucket);
    }

    private void Remove(Bucket bucket)
    {
        ref var link = ref Slot(bucket.Hash);
        if (ReferenceEquals(link, bucket))
        {
            link = bucket.Next;
        }
        else
        {
            var before = link!;
            while (!ReferenceEquals(before.Next, bucket))
            {
                before = before.Next!;
            }

            before.Next = bucket.Next;
        }

        var last = _listed[--_count];
        _listed[bucket.Position] = last;
        last.Position = bucket.Position;
        _listed[_count] = null!;
        bucket.Position = -1;
        _states -= bucket.Counted;
        budget.Add(-bucket.Counted);
    }

    private void Grow()
    {
        Array.Resize(ref _listed, _count * 2);
        _slots = new Bucket?[_count * 2];
        for (var i = 0; i < _count; i++)
        {
            Link(_listed[i]);
        }
    }

    private void Link(Bucket bucket)
    {
        ref var slot = ref Slot(bucket.Hash);
        bucket.Next = slot;
        Volatile.Write(ref slot, bucket);
    }
}
