using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// The cells that new keys of a policy share while memory is full of live ones, made when the first is wanted. Which key
/// falls into which is seeded, so that nobody can aim at another's.
/// </summary>
internal sealed class SharedStates<TRule>(in TRule rule, in LaneClock clock)
    where TRule : struct, IWordRule
{
    // Not read-only, so that calls on them are not made on copies.
#pragma warning disable IDE0044
    private TRule _rule = rule;
    private LaneClock _clock = clock;
#pragma warning restore IDE0044
    private long[]? _states;

    /// <summary>Whether a key without a cell has spent in a shared one, or others have.</summary>
    public bool IsSharing(in KeyIdentity key) =>
        Volatile.Read(ref _states) is { } shared && Volatile.Read(ref shared[key.Share]) != CellWords.Vacant;

    /// <summary>A shared cell, and what it stores once no other decision holds it.</summary>
    public ref long Get(int share, out long stored)
    {
        ref var state = ref State(share);
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

    /// <summary>Takes a shared state out of everybody's reach until <see cref="Release"/>.</summary>
    public long Hold(int share)
    {
        while (true)
        {
            ref var state = ref Get(share, out var stored);
            if (Interlocked.CompareExchange(ref state, CellWords.Held, stored) == stored)
            {
                return CellWords.Load(stored);
            }
        }
    }

    public void Release(int share, long word) => Volatile.Write(ref State(share), CellWords.Store(word));

    /// <summary>What a key without a cell starts with: nothing spent, or what its shared cell has.</summary>
    public long First(in KeyIdentity key, long now)
    {
        if (IsSharing(key))
        {
            _ = Get(key.Share, out var stored);
            var word = _rule.Observe(CellWords.Load(stored), now);
            return _rule.IsForgettable(word, now) ? _rule.Fresh(now) : word;
        }

        return _rule.Fresh(now);
    }

    /// <summary>Lets a shared cell have spent at least what a key had that loses its own.</summary>
    public void Spend(int share, long word)
    {
        while (true)
        {
            ref var state = ref Get(share, out var stored);
            var now = _clock.Now;
            var both = _rule.Worse(_rule.Observe(CellWords.Load(stored), now), _rule.Observe(word, now), now);
            if (Interlocked.CompareExchange(ref state, CellWords.Store(both), stored) == stored)
            {
                return;
            }
        }
    }

    /// <summary>Hands out what was spent. The caller holds every gate.</summary>
    public void Collect(Action<long> shared)
    {
        foreach (var stored in Volatile.Read(ref _states) ?? [])
        {
            if (!CellWords.IsMark(stored))
            {
                shared(CellWords.Load(stored));
            }
        }
    }

    private ref long State(int share)
    {
        var states = Volatile.Read(ref _states);
        if (states is null)
        {
            states = new long[SharedCells.Count];
            states = Interlocked.CompareExchange(ref _states, states, null) ?? states;
        }

        return ref states[share];
    }
}
