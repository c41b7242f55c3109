using System.Runtime.CompilerServices;
using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>A lane under one algorithm: a decision on a key that has a cell is one compare-and-swap.</summary>
internal sealed class WordLane<TRule> : KeyLane
    where TRule : struct, IWordRule
{
    // Not read-only: calls on a read-only field of a type parameter's type are made on a copy, and there are several per decision.
#pragma warning disable IDE0044
    private TRule _rule;
    private LaneClock _clock;
#pragma warning restore IDE0044
    private readonly BackendClock _precise;
    private readonly KeyGates _gates;
    private readonly CellStore<TRule> _store;

    public WordLane(RateProgram program, in TRule rule, BackendClock clock, KeyGates gates, StateBudget budget, Reclaimer reclaimer)
        : base(program)
    {
        _rule = rule;
        _precise = clock;
        _clock = new LaneClock(clock, program, rule.TicksOfBurst);
        _gates = gates;
        _store = new CellStore<TRule>(rule, _clock, gates, budget, reclaimer);
    }

    public override long Granule => _clock.Granule;

    public override long Now => _clock.Now;

    public override LaneCases CasesOf(RateProgram program) => new(program, new WordReading<TRule>(_rule));

    public override bool TryAdmit(LaneCases cases, KeyIdentity key, long cost, out RateLimitDecision rejection)
    {
        if (_store.Root is { } table)
        {
            ref var state = ref table.Find(key);
            if (!Unsafe.IsNullRef(ref state))
            {
                var stored = Volatile.Read(ref state);
                if (!CellWords.IsMark(stored) && CellTable.Holds(ref state, key))
                {
                    // The clock is read after the state, so that no other caller's time can be later than the state says.
                    var now = _clock.Now;
                    var word = CellWords.Load(stored);
                    var seen = _rule.Observe(word, now);
                    var verdict = _rule.Measure(seen, now, cost, maxWait: 0);
                    if (verdict.IsAdmitted)
                    {
                        var next = cost != 0 ? _rule.Charge(seen, now, cost) : seen;
                        if (next == word || Interlocked.CompareExchange(ref state, CellWords.Store(next), stored) == stored)
                        {
                            rejection = default;
                            return true;
                        }
                    }
                    else if (seen == word)
                    {
                        Reject(cases, seen, now, cost, verdict.Wait, out rejection);
                        return false;
                    }
                }
            }
        }

        return TryAdmitElsewhere(cases, key, cost, out rejection);
    }

    public override bool TryAcquire(LaneCases cases, KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision)
    {
        for (var table = _store.Root; table is not null; table = table.Next)
        {
            ref var state = ref table.Find(key);
            if (Unsafe.IsNullRef(ref state))
            {
                continue;
            }

            while (true)
            {
                var stored = Volatile.Read(ref state);
                if (CellWords.IsMark(stored) || !CellTable.Holds(ref state, key))
                {
                    break;
                }

                // The clock is read after the state here, too.
                if (TryDecide(cases, ref state, stored, _clock.Now, cost, maxWait, out decision))
                {
                    return true;
                }
            }
        }

        return TryAcquireAtGate(cases, key, cost, maxWait, out decision);
    }

    public override bool TryPeek(LaneCases cases, KeyIdentity key, out RateLimitDecision decision)
    {
        decision = default;
        lock (_gates[key.Gate])
        {
            if (_store.Root is null)
            {
                return false;
            }

            ref var state = ref _store.Find(key, out var stored);
            var now = _clock.Now;
            var word = Unsafe.IsNullRef(ref state) ? _store.First(key, now) : _rule.Observe(CellWords.Load(stored), now);
            Describe(cases, word, now, cost: 1, _rule.Measure(word, now, cost: 1, maxWait: 0), out decision);
            return true;
        }
    }

    public override bool TryRefund(in KeyIdentity key, long cost)
    {
        lock (_gates[key.Gate])
        {
            if (_store.Root is null)
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

    public override bool TryReset(in KeyIdentity key)
    {
        lock (_gates[key.Gate])
        {
            if (_store.Root is null)
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

                if (_store.IsSharing(key)
                    ? Interlocked.CompareExchange(ref state, CellWords.Store(_rule.Fresh(_clock.Now)), stored) == stored
                    : _store.TryRemove(ref state, stored))
                {
                    return true;
                }
            }

            if (_store.IsSharing(key))
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

    public override bool TryReclaim(int probes) => _store.TryReclaim(probes);

    public override void Retire(PolicyRecord record)
    {
        _gates.EnterAll();
        try
        {
            if (_store.Root is not null)
            {
                record.Retired = RetiredStates.Of(Program, _store, _rule, _clock.Lag, _precise);
            }
        }
        finally
        {
            _gates.ExitAll();
        }
    }

    public override bool TryHold(in KeyIdentity key, out RateMeter? meter, out KeyRoom room)
    {
        meter = null;
        room = KeyRoom.Closed;
        if (_store.Root is null)
        {
            return false;
        }

        room = KeyRoom.Known;
        while (true)
        {
            ref var state = ref _store.Find(key, out var stored);
            if (Unsafe.IsNullRef(ref state))
            {
                break;
            }

            if (Interlocked.CompareExchange(ref state, CellWords.Held, stored) == stored)
            {
                meter = _rule.ToMeter(CellWords.Load(stored));
                return true;
            }
        }

        ref var added = ref _store.Add(key, out var word, out var canGrow);
        if (!Unsafe.IsNullRef(ref added))
        {
            Volatile.Write(ref added, CellWords.Held);
            meter = _rule.ToMeter(word);
            room = KeyRoom.Taken;
        }
        else if (canGrow)
        {
            room = KeyRoom.Wanted;
        }

        return true;
    }

    public override void Grow() => _store.Grow();

    public override void Maintain() => _store.Maintain();

    public override void Release(in KeyIdentity key, RateMeter meter) =>
        Volatile.Write(ref _store.Find(key, out _), CellWords.Store(_rule.FromMeter(meter)));

    public override RateMeter HoldShared(int share)
    {
        while (true)
        {
            ref var state = ref _store.Shared(share, out var stored);
            if (Interlocked.CompareExchange(ref state, CellWords.Held, stored) == stored)
            {
                return _rule.ToMeter(CellWords.Load(stored));
            }
        }
    }

    public override void ReleaseShared(int share, RateMeter meter) =>
        Volatile.Write(ref _store.SharedState(share), CellWords.Store(_rule.FromMeter(meter)));

    private bool TryDecide(LaneCases cases, ref long state, long stored, long now, long cost, long maxWait, out RateLimitDecision decision)
    {
        var word = CellWords.Load(stored);
        var seen = _rule.Observe(word, now);
        var verdict = _rule.Measure(seen, now, cost, maxWait);
        var next = verdict.IsAdmitted && cost != 0 ? _rule.Charge(seen, now, cost) : seen;
        if (next != word && Interlocked.CompareExchange(ref state, CellWords.Store(next), stored) != stored)
        {
            decision = default;
            return false;
        }

        Describe(cases, next, now, cost, verdict, out decision);
        return true;
    }

    // Kept apart, so that the way of an admission has no decision on its stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAdmitElsewhere(LaneCases cases, KeyIdentity key, long cost, out RateLimitDecision rejection) =>
        TryAcquire(cases, key, cost, maxWait: 0, out rejection) && rejection.IsAllowed;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reject(LaneCases cases, long word, long now, long cost, long wait, out RateLimitDecision rejection) =>
        rejection = new RateLimitDecision(
            cost > _rule.Capacity ? cases.CostExceedsLimit : cases.Exceeded, word, wait == Ticks.Never ? wait : wait + _clock.Granule, now);

    private void Describe(LaneCases cases, long word, long now, long cost, Verdict verdict, out RateLimitDecision decision)
    {
        if (verdict.IsAdmitted)
        {
            decision = new RateLimitDecision(cases.Allowed, word, verdict.Wait, now);
        }
        else
        {
            Reject(cases, word, now, cost, verdict.Wait, out decision);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAcquireAtGate(LaneCases cases, KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision)
    {
        while (true)
        {
            var room = DecideAtGate(cases, key, cost, maxWait, out decision);
            if (room is KeyRoom.Wanted)
            {
                _store.Grow();
                continue;
            }

            if (room is KeyRoom.Taken)
            {
                _store.Maintain();
            }

            return room is not KeyRoom.Closed;
        }
    }

    private KeyRoom DecideAtGate(LaneCases cases, in KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision)
    {
        decision = default;
        lock (_gates[key.Gate])
        {
            if (_store.Root is null)
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
                        state = ref _store.Shared(key.Share, out stored);
                    }
                }

                if (TryDecide(cases, ref state, stored, _clock.Now, cost, maxWait, out decision))
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
        if (Unsafe.IsNullRef(ref state) && _store.IsSharing(key))
        {
            state = ref _store.Shared(key.Share, out stored);
        }

        return ref state;
    }
}
