using System.Runtime.CompilerServices;
using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>A lane under one algorithm: a decision on a key that has a cell is one compare-and-swap.</summary>
internal sealed class WordLane<TRule> : KeyLane
    where TRule : struct, IWordRule
{
    /// <summary>How a key that was not found fared at its gate.</summary>
    private enum Room
    {
        /// <summary>The lane has ended.</summary>
        Closed,

        /// <summary>The key had a cell after all.</summary>
        Known,

        /// <summary>The key is new.</summary>
        Taken,

        /// <summary>The key is new, and the table must grow first.</summary>
        Wanted,
    }

    private readonly TRule _rule;
    private readonly LaneClock _clock;
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

    public override bool TryAcquire(RateProgram program, in KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision)
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

                // The clock is read after the state, so that no other caller's time can be later than the state says.
                if (TryDecide(program, ref state, stored, _clock.Now, cost, maxWait, out decision))
                {
                    return true;
                }
            }
        }

        return TryAcquireAtGate(program, key, cost, maxWait, out decision);
    }

    public override bool TryPeek(RateProgram program, in KeyIdentity key, out RateLimitDecision decision)
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
            decision = Describe(program, word, now, cost: 1, _rule.Measure(word, now, cost: 1, maxWait: 0));
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

    public override bool TryHold(in KeyIdentity key, out RateMeter? meter)
    {
        meter = null;
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

            if (Interlocked.CompareExchange(ref state, CellWords.Held, stored) == stored)
            {
                meter = _rule.ToMeter(CellWords.Load(stored));
                return true;
            }
        }

        ref var added = ref _store.Add(key, out var word, out _);
        if (!Unsafe.IsNullRef(ref added))
        {
            Volatile.Write(ref added, CellWords.Held);
            meter = _rule.ToMeter(word);
        }

        return true;
    }

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

    private bool TryDecide(RateProgram program, ref long state, long stored, long now, long cost, long maxWait, out RateLimitDecision decision)
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

        decision = Describe(program, next, now, cost, verdict);
        return true;
    }

    private RateLimitDecision Describe(RateProgram program, long word, long now, long cost, Verdict verdict)
    {
        var reason = verdict.IsAdmitted ? RateLimitReason.Allowed
            : cost > _rule.Capacity ? RateLimitReason.CostExceedsLimit
            : RateLimitReason.Exceeded;
        var wait = verdict.IsAdmitted || verdict.Wait == Ticks.Never ? verdict.Wait : verdict.Wait + _clock.Granule;
        return new RateLimitDecision(
            program.Cases.Get(0, verdict.IsAdmitted ? -1 : 0, reason, isDegraded: false),
            _rule.Remaining(word, now),
            wait,
            _rule.ResetIn(word, now));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAcquireAtGate(RateProgram program, in KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision)
    {
        while (true)
        {
            var room = DecideAtGate(program, key, cost, maxWait, out decision);
            if (room is Room.Wanted)
            {
                _store.Grow();
                continue;
            }

            if (room is Room.Taken)
            {
                _store.Maintain();
            }

            return room is not Room.Closed;
        }
    }

    private Room DecideAtGate(RateProgram program, in KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision)
    {
        decision = default;
        lock (_gates[key.Gate])
        {
            if (_store.Root is null)
            {
                return Room.Closed;
            }

            var room = Room.Known;
            while (true)
            {
                ref var state = ref _store.Find(key, out var stored);
                if (Unsafe.IsNullRef(ref state))
                {
                    room = Room.Taken;
                    state = ref _store.Add(key, out var word, out var canGrow);
                    if (!Unsafe.IsNullRef(ref state))
                    {
                        stored = CellWords.Store(word);
                        Volatile.Write(ref state, stored);
                    }
                    else if (canGrow)
                    {
                        return Room.Wanted;
                    }
                    else
                    {
                        state = ref _store.Shared(key.Share, out stored);
                    }
                }

                if (TryDecide(program, ref state, stored, _clock.Now, cost, maxWait, out decision))
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
