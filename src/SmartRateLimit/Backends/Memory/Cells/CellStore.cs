using System.Runtime.CompilerServices;
using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// Makes keys exist and forgets them, at their gates; that the state of a key changes meanwhile is expected everywhere.
/// </summary>
internal sealed class CellStore<TRule>
    where TRule : struct, IWordRule
{
    // Not read-only, so that calls on them are not made on copies.
#pragma warning disable IDE0044
    private TRule _rule;
    private LaneClock _clock;
#pragma warning restore IDE0044
    private readonly CellChain<TRule> _tables;
    private readonly SharedStates<TRule> _shared;
    private readonly StateBudget _budget;
    private readonly Reclaimer _reclaimer;
    private readonly Func<int, bool> _reclaim;
    private int _hand;

    public CellStore(in TRule rule, in LaneClock clock, CellChain<TRule> tables, SharedStates<TRule> shared, StateBudget budget, Reclaimer reclaimer)
    {
        (_rule, _clock, _tables, _shared, _budget, _reclaimer) = (rule, clock, tables, shared, budget, reclaimer);
        _reclaim = TryReclaim;
        reclaimer.Add(_reclaim);
    }

    /// <summary>The key's cell and what it stores, or a null reference. The caller holds the key's gate.</summary>
    public ref long Find(scoped in KeyIdentity key, out long stored)
    {
        var spin = default(SpinWait);
        for (var table = _tables.Root; table is not null;)
        {
            ref var state = ref table.Find(key);
            if (!Unsafe.IsNullRef(ref state))
            {
                stored = Volatile.Read(ref state);
                if (stored is CellWords.Claimed or CellWords.Vacant || !CellTable.Holds(ref state, key))
                {
                    // The cell is being taken from this key, and soon has another tag.
                    spin.SpinOnce();
                    continue;
                }

                if (stored != CellWords.Moved)
                {
                    return ref state;
                }
            }

            table = table.Next;
        }

        stored = CellWords.Vacant;
        return ref Unsafe.NullRef<long>();
    }

    /// <summary>
    /// A cell for a key that has none, with a first state that the caller passes on; a null reference where there is no
    /// room. The caller holds the key's gate.
    /// </summary>
    public ref long Add(scoped in KeyIdentity key, out long word, out bool canGrow)
    {
        var table = _tables.Tail();
        canGrow = false;
        ref var state = ref Unsafe.NullRef<long>();
        if (table.IsCrowded && _tables.StartsFull)
        {
            state = ref table.TryReplace(key, _rule, _clock.Now);
        }

        if (Unsafe.IsNullRef(ref state) && (_budget.TryTake(1) || (_reclaimer.TryReclaim(_reclaim) && _budget.TryTake(1))))
        {
            state = ref table.TryAdd(key);
            if (Unsafe.IsNullRef(ref state))
            {
                _budget.Add(-1);
                canGrow = _tables.MayGrow(table);
            }
        }

        if (Unsafe.IsNullRef(ref state))
        {
            state = ref table.TryReplace(key, _rule, _clock.Now);
        }

        word = Unsafe.IsNullRef(ref state) ? 0 : _shared.First(key, _clock.Now);
        return ref state;
    }

    /// <summary>Forgets a key as it stands. The caller holds the key's gate.</summary>
    public bool TryRemove(ref long state, long stored)
    {
        if (Interlocked.CompareExchange(ref state, CellWords.Claimed, stored) != stored)
        {
            return false;
        }

        CellTable.Remove(ref state);
        _budget.Add(-1);
        return true;
    }

    /// <summary>Forgets a key whose state is worth nothing, if there is one among the next few.</summary>
    public bool TryReclaim(int probes)
    {
        if (_tables.Root is null)
        {
            return false;
        }

        var table = _tables.Tail();
        var cells = table.Lines * CellTable.CellsPerLine;
        var now = _clock.Now;
        var hand = Volatile.Read(ref _hand);
        for (; probes > 0; probes--)
        {
            hand = hand + 1 < cells ? hand + 1 : 0;
            if (table.TryRemove(hand, _rule, now))
            {
                Volatile.Write(ref _hand, hand);
                _budget.Add(-1);
                return true;
            }
        }

        Volatile.Write(ref _hand, hand);
        return false;
    }
}
