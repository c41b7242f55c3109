using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// Cells of one policy in lines of 64 bytes, which a processor fetches at once: three tags, three states, and the rest of
/// the three tags. A key lies in the first of the lines after its hash that had room. Only the state changes without
/// the key's gate.
/// </summary>
internal sealed class CellTable
{
    public const int CellsPerLine = 3;

    /// <summary>The tag of a cell whose key was removed; a search goes on behind it.</summary>
    private const ulong Removed = 1;

    private const int WordsPerLine = 8;
    private const int FirstState = 3;
    private const int FirstExtra = 12;
    private const uint TagBits = (1 << CellsPerLine) - 1;

    /// <summary>Up to so many lines, a quarter of a megabyte, room is spent for speed.</summary>
    private const int SpaciousLines = 4_096;

    /// <summary>Lines in which a key may lie.</summary>
    private const int Reach = 8;

    private readonly ulong[] _words;
    private readonly int _first;
    private readonly int _mask;
    private CellTable? _next;
    private int _used;
    private int _takenToMove;
    private int _moved;

    public CellTable(int lines)
    {
        // Pinned, so that what is aligned to a line stays so.
        _words = GC.AllocateArray<ulong>((lines + 1) * WordsPerLine, pinned: true);
        var misaligned = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_words, 0) % (WordsPerLine * sizeof(ulong))) / sizeof(ulong);
        _first = (WordsPerLine - misaligned) % WordsPerLine;
        _mask = lines - 1;
    }

    public int Lines => _mask + 1;

    /// <summary>The table that replaces this one, into which keys move one by one.</summary>
    public CellTable? Next { get => Volatile.Read(ref _next); set => Volatile.Write(ref _next, value); }

    /// <summary>
    /// Whether so many cells were ever used that keys lie far from their hashes; in a small table, that two keys often share
    /// a line, which processors that ask for one each would take from each other.
    /// </summary>
    public bool IsCrowded => Volatile.Read(ref _used) > (Lines <= SpaciousLines ? Lines / 4 : (long)Lines * CellsPerLine * 3 / 4);

    /// <summary>Hands out lines to move, each once.</summary>
    /// <returns>The first of them; the number of lines when all are handed out.</returns>
    public int TakeToMove(int lines) => Math.Min(Lines, Interlocked.Add(ref _takenToMove, Math.Min(lines, Lines)) - Math.Min(lines, Lines));

    /// <summary>Counts lines whose keys have moved.</summary>
    /// <returns>Whether those were the last.</returns>
    public bool HasMoved(int lines) => Interlocked.Add(ref _moved, lines) == Lines;

    /// <summary>Where the key's state is stored, or a null reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref long Find(KeyIdentity key)
    {
        var tag = key.Tag;
        ref var line = ref Line((int)tag & _mask);
        if (Vector256.IsHardwareAccelerated)
        {
            // All tags at once, because which of them it is nobody can predict.
            var found = Vector256.Equals(Vector256.LoadUnsafe(ref line), Vector256.Create(tag)).ExtractMostSignificantBits() & TagBits;
            var i = BitOperations.TrailingZeroCount(found);
            if (found != 0 && Extra(ref line, i) == key.Extra)
            {
                return ref State(ref line, i);
            }
        }
        else
        {
            for (var i = 0; i < CellsPerLine; i++)
            {
                if (Volatile.Read(ref Unsafe.Add(ref line, i)) == tag && Extra(ref line, i) == key.Extra)
                {
                    return ref State(ref line, i);
                }
            }
        }

        return ref FindFarther(key);
    }

    /// <summary>
    /// Whether the state that was read before this call was the key's: a cell is given to another key before it gets that
    /// key's state.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(ref long state, KeyIdentity key) =>
        Volatile.Read(ref Unsafe.As<long, ulong>(ref Unsafe.Subtract(ref state, FirstState))) == key.Tag;

    /// <summary>A vacant cell within the key's reach, claimed and tagged for it, or a null reference.</summary>
    public ref long TryAdd(KeyIdentity key)
    {
        for (var distance = 0; distance < Math.Min(Reach, Lines); distance++)
        {
            ref var line = ref Line(((int)key.Tag + distance) & _mask);
            for (var i = 0; i < CellsPerLine; i++)
            {
                ref var state = ref State(ref line, i);
                if (Volatile.Read(ref state) == CellWords.Vacant
                    && Interlocked.CompareExchange(ref state, CellWords.Claimed, CellWords.Vacant) == CellWords.Vacant)
                {
                    if (Unsafe.Add(ref line, i) != Removed)
                    {
                        Interlocked.Increment(ref _used);
                    }

                    return ref Tag(ref line, i, key);
                }
            }
        }

        return ref Unsafe.NullRef<long>();
    }

    /// <summary>A cell within the key's reach whose state is worth nothing any more, claimed and tagged for it, or a null reference.</summary>
    public ref long TryReplace<TRule>(KeyIdentity key, scoped in TRule rule, long now)
        where TRule : struct, Algorithms.IWordRule
    {
        for (var distance = 0; distance < Math.Min(Reach, Lines); distance++)
        {
            ref var line = ref Line(((int)key.Tag + distance) & _mask);
            var wasNeverFull = false;
            for (var i = 0; i < CellsPerLine; i++)
            {
                if (TryClaim(ref State(ref line, i), rule, now))
                {
                    return ref Tag(ref line, i, key);
                }

                wasNeverFull |= WasNeverUsed(ref line, i);
            }

            // A search ends here, so a key farther on would not be found.
            if (wasNeverFull)
            {
                break;
            }
        }

        return ref Unsafe.NullRef<long>();
    }

    /// <summary>Removes a key whose state is worth nothing any more.</summary>
    /// <param name="cell">The cell's number.</param>
    /// <param name="rule">What says so.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryRemove<TRule>(int cell, in TRule rule, long now)
        where TRule : struct, Algorithms.IWordRule
    {
        ref var line = ref Line(cell / CellsPerLine);
        ref var state = ref State(ref line, cell % CellsPerLine);
        if (!TryClaim(ref state, rule, now))
        {
            return false;
        }

        Remove(ref state);
        return true;
    }

    /// <summary>Takes a cell that was claimed from its key.</summary>
    public static void Remove(ref long state)
    {
        Volatile.Write(ref Unsafe.As<long, ulong>(ref Unsafe.Subtract(ref state, FirstState)), Removed);
        Volatile.Write(ref state, CellWords.Vacant);
    }

    /// <summary>The key in a cell of a line, if there is one, and where its state is stored.</summary>
    public bool TryRead(int lineIndex, int index, out KeyIdentity key, out CellReference cell)
    {
        ref var line = ref Line(lineIndex);
        var tag = Volatile.Read(ref Unsafe.Add(ref line, index));
        key = new KeyIdentity(tag, Extra(ref line, index));
        cell = new CellReference(ref State(ref line, index));
        return tag >= KeyIdentity.LeastTag;
    }

    private static bool TryClaim<TRule>(ref long state, in TRule rule, long now)
        where TRule : struct, Algorithms.IWordRule
    {
        var stored = Volatile.Read(ref state);
        return !CellWords.IsMark(stored)
            && rule.IsForgettable(CellWords.Load(stored), now)
            && Interlocked.CompareExchange(ref state, CellWords.Claimed, stored) == stored;
    }

    private static ref long Tag(ref ulong line, int index, KeyIdentity key)
    {
        // Whoever reads the tag finds the state claimed until it is written.
        Volatile.Write(ref Extra(ref line, index), key.Extra);
        Volatile.Write(ref Unsafe.Add(ref line, index), key.Tag);
        return ref State(ref line, index);
    }

    // In this order: a cell that is being given away has a state first and then a tag, for good.
    private static bool WasNeverUsed(ref ulong line, int index) =>
        Volatile.Read(ref State(ref line, index)) == CellWords.Vacant
        && Volatile.Read(ref Unsafe.Add(ref line, index)) == 0;

    private static ref long State(ref ulong line, int index) => ref Unsafe.As<ulong, long>(ref Unsafe.Add(ref line, FirstState + index));

    private static ref uint Extra(ref ulong line, int index) => ref Unsafe.Add(ref Unsafe.As<ulong, uint>(ref line), FirstExtra + index);

    private ref ulong Line(int index) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_words), _first + (index * WordsPerLine));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref long FindFarther(KeyIdentity key)
    {
        for (var distance = 0; distance < Math.Min(Reach, Lines); distance++)
        {
            ref var line = ref Line(((int)key.Tag + distance) & _mask);
            var wasNeverFull = false;
            for (var i = 0; i < CellsPerLine; i++)
            {
                var tag = Volatile.Read(ref Unsafe.Add(ref line, i));
                if (tag == key.Tag && Extra(ref line, i) == key.Extra)
                {
                    return ref State(ref line, i);
                }

                wasNeverFull |= tag == 0 && WasNeverUsed(ref line, i);
            }

            if (wasNeverFull)
            {
                break;
            }
        }

        return ref Unsafe.NullRef<long>();
    }
}
