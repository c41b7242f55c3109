using System.Runtime.CompilerServices;
using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// Makes keys exist: gives them cells, moves them to a larger table while callers go on, and lets them share when memory is
/// full. All of it happens at a key's gate; that the state of a key changes meanwhile is expected everywhere.
/// </summary>
internal sealed class CellStore<TRule>
    where TRule : struct, IWordRule
{
    private const int FirstLines = 4;

    /// <summary>Lines that each newcomer moves while the table is replaced: so many that it is done long before the next one.</summary>
    private const int LinesPerMove = 16;

    // Not read-only, so that calls on them are not made on copies.
#pragma warning disable IDE0044
    private TRule _rule;
    private LaneClock _clock;
#pragma warning restore IDE0044
    private readonly KeyGates _gates;
    private readonly StateBudget _budget;
    private readonly Reclaimer _reclaimer;
    private readonly Func<int, bool> _reclaim;

    // A bucket that starts less than full loses by being forgotten when it is full, so that happens for want of memory only.
    private readonly bool _startsFull;
    private CellTable? _root = new(FirstLines);
    private long[]? _shared;
    private int _hand;

    public CellStore(in TRule rule, in LaneClock clock, KeyGates gates, StateBudget budget, Reclaimer reclaimer)
    {
        (_rule, _clock, _gates, _budget, _reclaimer) = (rule, clock, gates, budget, reclaimer);
        _startsFull = rule.SpentAtStart == 0;
        _reclaim = TryReclaim;
        reclaimer.Add(_reclaim);
    }

    /// <summary>The table in which a search begins; <see langword="null"/> after the end.</summary>
    public CellTable? Root => Volatile.Read(ref _root);

    /// <summary>The key's cell and what it stores, or a null reference. The caller holds the key's gate.</summary>
    public ref long Find(scoped in KeyIdentity key, out long stored)
    {
        var spin = default(SpinWait);
        for (var table = Root; table is not null;)
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
        var table = Tail();
        canGrow = false;
        ref var state = ref Unsafe.NullRef<long>();
        if (table.IsCrowded && _startsFull)
        {
            state = ref table.TryReplace(key, _rule, _clock.Now);
        }

        if (Unsafe.IsNullRef(ref state) && (_budget.TryTake(1) || (_reclaimer.TryReclaim(_reclaim) && _budget.TryTake(1))))
        {
            state = ref table.TryAdd(key);
            if (Unsafe.IsNullRef(ref state))
            {
                _budget.Add(-1);
                canGrow = MayGrow(table);
            }
        }

        if (Unsafe.IsNullRef(ref state))
        {
            state = ref table.TryReplace(key, _rule, _clock.Now);
        }

        word = Unsafe.IsNullRef(ref state) ? 0 : First(key, _clock.Now);
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

    /// <summary>Whether a key without a cell has spent in a shared one, or others have.</summary>
    public bool IsSharing(in KeyIdentity key) =>
        Volatile.Read(ref _shared) is { } shared && Volatile.Read(ref shared[key.Share]) != CellWords.Vacant;

    /// <summary>The cell that a key shares with others, and what it stores once no other decision holds it.</summary>
    public ref long Shared(int share, out long stored)
    {
        ref var state = ref SharedState(share);
        var spin = default(SpinWait);
        while (true)
        {
            stored = Volatile.Read(ref state);
            if (stored == CellWords.Vacant)
            {
                _ = Interlocked.CompareExchange(ref state, CellWords.Store(_rule.Fresh(_clock.Now)), CellWords.Vacant);
            }
            else if (stored != CellWords.Held)
            {
                return ref state;
            }
            else
            {
                spin.SpinOnce();
            }
        }
    }

    /// <summary>Where the shared state is stored.</summary>
    public ref long SharedState(int share)
    {
        var shared = Volatile.Read(ref _shared);
        if (shared is null)
        {
            shared = new long[SharedCells.Count];
            shared = Interlocked.CompareExchange(ref _shared, shared, null) ?? shared;
        }

        return ref shared[share];
    }

    /// <summary>What a key without a cell starts with: nothing spent, or what its shared cell has.</summary>
    public long First(in KeyIdentity key, long now)
    {
        if (IsSharing(key))
        {
            _ = Shared(key.Share, out var stored);
            var word = _rule.Observe(CellWords.Load(stored), now);
            return _rule.IsForgettable(word, now) ? _rule.Fresh(now) : word;
        }

        return _rule.Fresh(now);
    }

    /// <summary>After a newcomer found its cell: makes room for the next ones. The caller holds no gate.</summary>
    public void Maintain()
    {
        if (Root is not { } root)
        {
            return;
        }

        var tail = Tail();
        if (tail.IsCrowded && MayGrow(tail))
        {
            Grow(tail);
        }

        if (root.Next is not null)
        {
            Move(root, LinesPerMove);
        }
    }

    /// <summary>Makes room for a key that found none within its reach. The caller holds no gate.</summary>
    public void Grow()
    {
        if (Root is not null && Tail() is var tail && MayGrow(tail))
        {
            Grow(tail);
        }
    }

    public bool TryReclaim(int probes)
    {
        if (Root is null)
        {
            return false;
        }

        var table = Tail();
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

    /// <summary>Ends the store: every state is handed out once and can be found no more. The caller holds every gate.</summary>
    public void Collect(Action<KeyIdentity, long> own, Action<long> shared)
    {
        for (var table = Root; table is not null; table = table.Next)
        {
            for (var cell = 0; cell < table.Lines * CellTable.CellsPerLine; cell++)
            {
                if (table.TryRead(cell / CellTable.CellsPerLine, cell % CellTable.CellsPerLine, out var key, out var reference)
                    && TryTakeAway(ref reference.State, forgetsAt: null, out var word))
                {
                    own(key, word);
                }
            }
        }

        foreach (var stored in Volatile.Read(ref _shared) ?? [])
        {
            if (!CellWords.IsMark(stored))
            {
                shared(CellWords.Load(stored));
            }
        }

        Volatile.Write(ref _root, null);
    }

    // A reader that saw no end yet may go on with the tables it found.
    private CellTable Tail()
    {
        var table = Root ?? new CellTable(1);
        while (table.Next is { } next)
        {
            table = next;
        }

        return table;
    }

    private bool MayGrow(CellTable table) => 2L * table.Lines * CellTable.CellsPerLine < 3L * _budget.Most;

    private void Grow(CellTable tail)
    {
        var larger = new CellTable(tail.Lines * 2);
        _gates.EnterAll();
        try
        {
            // At every gate it is known that nobody adds to a table that has a next one.
            if (Root is not null && tail.Next is null)
            {
                tail.Next = larger;
            }
        }
        finally
        {
            _gates.ExitAll();
        }
    }

    private void Move(CellTable root, int lines)
    {
        var first = root.TakeToMove(lines);
        var end = Math.Min(root.Lines, first + lines);
        for (var line = first; line < end; line++)
        {
            for (var i = 0; i < CellTable.CellsPerLine; i++)
            {
                if (root.TryRead(line, i, out var key, out var cell))
                {
                    while (!TryMove(key, ref cell.State))
                    {
                        Grow();
                    }
                }
            }
        }

        if (first < end && root.HasMoved(end - first))
        {
            Interlocked.CompareExchange(ref _root, root.Next, root);
        }
    }

    /// <summary>Moves one key to the last table.</summary>
    /// <returns>Whether it has moved or need not; if not, that table must grow first.</returns>
    private bool TryMove(in KeyIdentity key, ref long state)
    {
        lock (_gates[key.Gate])
        {
            if (Root is null || CellWords.IsMark(Volatile.Read(ref state)))
            {
                return true;
            }

            // The place comes first, so that what was spent is never without one.
            var tail = Tail();
            ref var place = ref tail.TryAdd(key);
            if (Unsafe.IsNullRef(ref place))
            {
                return !MayGrow(tail) && TryMoveInstead(key, ref state, tail);
            }

            if (TryTakeAway(ref state, _startsFull ? _clock.Now : null, out var word))
            {
                Volatile.Write(ref place, CellWords.Store(word));
            }
            else
            {
                CellTable.Remove(ref place);
            }

            return true;
        }
    }

    // The largest table has room for more than the budget allows, so this is hardly ever seen; but nothing may be lost.
    private bool TryMoveInstead(in KeyIdentity key, ref long state, CellTable tail)
    {
        if (TryTakeAway(ref state, _clock.Now, out var word))
        {
            _budget.Add(-1);
            ref var place = ref tail.TryReplace(key, _rule, _clock.Now);
            if (Unsafe.IsNullRef(ref place))
            {
                SpendShared(key.Share, word);
            }
            else
            {
                Volatile.Write(ref place, CellWords.Store(word));
            }
        }

        return true;
    }

    /// <summary>Takes a state for good; one that is worth nothing at the given time is forgotten.</summary>
    private bool TryTakeAway(ref long state, long? forgetsAt, out long word)
    {
        while (true)
        {
            var stored = Volatile.Read(ref state);
            word = CellWords.Load(stored);
            if (CellWords.IsMark(stored))
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref state, CellWords.Moved, stored) == stored)
            {
                if (forgetsAt is not { } now || !_rule.IsForgettable(word, now))
                {
                    return true;
                }

                _budget.Add(-1);
                return false;
            }
        }
    }

    private void SpendShared(int share, long word)
    {
        while (true)
        {
            ref var state = ref Shared(share, out var stored);
            if (CellWords.Load(stored) >= word || Interlocked.CompareExchange(ref state, CellWords.Store(word), stored) == stored)
            {
                return;
            }
        }
    }
}
