using System.Runtime.CompilerServices;
using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// The tables of a lane, each replaced by a larger one into which its keys move a few at a time, while callers go on.
/// Newcomers go to the last; a search begins at the first.
/// </summary>
internal sealed class CellChain<TRule>
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
    private readonly SharedStates<TRule> _shared;
    private CellTable? _root = new(FirstLines);

    public CellChain(in TRule rule, in LaneClock clock, KeyGates gates, StateBudget budget, SharedStates<TRule> shared)
    {
        (_rule, _clock, _gates, _budget, _shared) = (rule, clock, gates, budget, shared);
        StartsFull = rule.SpentAtStart == 0;
    }

    /// <summary>
    /// Whether a new key can spend as much as one whose state is worth nothing. A bucket that starts less than full loses
    /// by being forgotten when it is full, so that happens for want of memory only.
    /// </summary>
    public bool StartsFull { get; }

    /// <summary>The table in which a search begins; <see langword="null"/> after the end.</summary>
    public CellTable? Root => Volatile.Read(ref _root);

    // A reader that saw no end yet may go on with the tables it found.
    public CellTable Tail()
    {
        var table = Root ?? new CellTable(1);
        while (table.Next is { } next)
        {
            table = next;
        }

        return table;
    }

    public bool MayGrow(CellTable table) => 2L * table.Lines * CellTable.CellsPerLine < 3L * _budget.Most;

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

    /// <summary>Ends the chain: every state is handed out once and can be found no more. The caller holds every gate.</summary>
    public void Collect(Action<KeyIdentity, long> own)
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

        Volatile.Write(ref _root, null);
    }

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

            if (TryTakeAway(ref state, StartsFull ? _clock.Now : null, out var word))
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
                _shared.Spend(key.Share, word);
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
}
