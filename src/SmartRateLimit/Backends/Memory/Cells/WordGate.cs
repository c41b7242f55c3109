using System.Runtime.CompilerServices;
using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>What is done to single keys of a lane at their gates: all but decisions on keys that have a cell.</summary>
internal sealed class WordGate<TRule>
    where TRule : struct, IWordRule
{
    // Not read-only, so that calls on them are not made on copies.
#pragma warning disable IDE0044
    private TRule _rule;
    private LaneClock _clock;
#pragma warning restore IDE0044
    private readonly WordDecider<TRule> _decider;
    private readonly CellChain<TRule> _tables;
    private readonly CellStore<TRule> _store;
    private readonly SharedStates<TRule> _shared;
    private readonly KeyGates _gates;

    public WordGate(in TRule rule, in LaneClock clock, WordDecider<TRule> decider, CellChain<TRule> tables, CellStore<TRule> store, SharedStates<TRule> shared, KeyGates gates) =>
        (_rule, _clock, _decider, _tables, _store, _shared, _gates) = (rule, clock, decider, tables, store, shared, gates);

    public bool TryAcquire(LaneCases cases, KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision)
    {
        while (true)
        {
            var room = Decide(cases, key, cost, maxWait, out decision);
            if (room is KeyRoom.Wanted)
            {
                _tables.Grow();
                continue;
            }

            if (room is KeyRoom.Taken)
            {
                _tables.Maintain();
            }

            return room is not KeyRoom.Closed;
        }
    }

    public bool TryPeek(LaneCases cases, KeyIdentity key, out RateLimitDecision decision)
    {
        decision = default;
        lock (_gates[key.Gate])
        {
            if (_tables.Root is null)
            {
                return false;
            }

            ref var state = ref _store.Find(key, out var stored);
            var now = _clock.Now;
            var word = Unsafe.IsNullRef(ref state) ? _shared.First(key, now) : CellWords.Load(stored);
            var verdict = _decider.Measure(ref word, now, cost: 1, maxWait: 0);
            _decider.Describe(cases, word, now, cost: 1, verdict, out decision);
            return true;
        }
    }

    public bool TryRefund(in KeyIdentity key, long cost)
    {
        lock (_gates[key.Gate])
        {
            if (_tables.Root is null)
            {
                return false;
            }

            while (true)
            {
                ref var state = ref Settled(key, out var stored);
                if (Unsafe.IsNullRef(ref state))
                {
                    return true;
                }

                var now = _clock.Now;
                var next = _rule.Refund(_rule.Observe(CellWords.Load(stored), now), now, cost);
                if (Interlocked.CompareExchange(ref state, CellWords.Store(next), stored) == stored)
                {
                    return true;
                }
            }
        }
    }

    public bool TryReset(in KeyIdentity key)
    {
        lock (_gates[key.Gate])
        {
            if (_tables.Root is null)
            {
                return false;
            }

            while (true)
            {
                ref var state = ref _store.Find(key, out var stored);
                if (Unsafe.IsNullRef(ref state))
                {
                    break;
                }

                if (_shared.IsSharing(key)
                    ? Interlocked.CompareExchange(ref state, CellWords.Store(_rule.Fresh(_clock.Now)), stored) == stored
                    : _store.TryRemove(ref state, stored))
                {
                    return true;
                }
            }

            if (_shared.IsSharing(key))
            {
                // A cell of its own, if there is room for one, so that the key does not take over what others spent.
                ref var state = ref _store.Add(key, out _, out _);
                if (!Unsafe.IsNullRef(ref state))
                {
                    Volatile.Write(ref state, CellWords.Store(_rule.Fresh(_clock.Now)));
                }
            }

            return true;
        }
    }

    private KeyRoom Decide(LaneCases cases, in KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision)
    {
        decision = default;
        lock (_gates[key.Gate])
        {
            if (_tables.Root is null)
            {
                return KeyRoom.Closed;
            }

            var room = KeyRoom.Known;
            while (true)
            {
                ref var state = ref _store.Find(key, out var stored);
                if (Unsafe.IsNullRef(ref state))
                {
                    room = KeyRoom.Taken;
                    state = ref _store.Add(key, out var word, out var canGrow);
                    if (!Unsafe.IsNullRef(ref state))
                    {
                        stored = CellWords.Store(word);
                        Volatile.Write(ref state, stored);
                    }
                    else if (canGrow)
                    {
                        return KeyRoom.Wanted;
                    }
                    else
                    {
                        state = ref _shared.Get(key.Share, out stored);
                    }
                }

                if (_decider.TryDecide(cases, ref state, stored, cost, maxWait, out decision))
                {
                    return room;
                }
            }
        }
    }

    /// <summary>The state that a key has, of its own or shared; a null reference when it has none.</summary>
    private ref long Settled(scoped in KeyIdentity key, out long stored)
    {
        ref var state = ref _store.Find(key, out stored);
        if (Unsafe.IsNullRef(ref state) && _shared.IsSharing(key))
        {
            state = ref _shared.Get(key.Share, out stored);
        }

        return ref state;
    }
}
