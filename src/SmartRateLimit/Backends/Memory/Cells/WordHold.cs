using System.Runtime.CompilerServices;
using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// Takes states out of everybody's reach while several keys are decided together. The caller holds the keys' gates, where
/// others wait who meet the mark.
/// </summary>
internal sealed class WordHold<TRule>(CellChain<TRule> tables, CellStore<TRule> store)
    where TRule : struct, IWordRule
{
    public KeyRoom Take(in KeyIdentity key, out long word)
    {
        word = 0;
        if (tables.Root is null)
        {
            return KeyRoom.Closed;
        }

        while (true)
        {
            ref var state = ref store.Find(key, out var stored);
            if (Unsafe.IsNullRef(ref state))
            {
                break;
            }

            if (Interlocked.CompareExchange(ref state, CellWords.Held, stored) == stored)
            {
                word = CellWords.Load(stored);
                return KeyRoom.Known;
            }
        }

        ref var added = ref store.Add(key, out word, out var canGrow);
        if (Unsafe.IsNullRef(ref added))
        {
            return canGrow ? KeyRoom.Wanted : KeyRoom.None;
        }

        Volatile.Write(ref added, CellWords.Held);
        return KeyRoom.Taken;
    }

    /// <summary>Gives a state back.</summary>
    public void Release(in KeyIdentity key, long word) => Volatile.Write(ref store.Find(key, out _), CellWords.Store(word));
}
