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
    private readonly CellChain<TRule> _tables;
    private readonly WordDecider<TRule> _decider;
    private readonly WordGate<TRule> _gate;
    private readonly WordHold<TRule> _hold;
    private readonly SharedStates<TRule> _shared;
    private readonly KeyGates _gates;
    private readonly BackendClock _precise;

    public WordLane(RateProgram program, in TRule rule, BackendClock clock, KeyGates gates, StateBudget budget, Reclaimer reclaimer)
        : base(program)
    {
        _rule = rule;
        _precise = clock;
        _clock = new LaneClock(clock, program, rule.TicksOfBurst);
        _gates = gates;
        _decider = new WordDecider<TRule>(rule, _clock);
        _shared = new SharedStates<TRule>(rule, _clock);
        _tables = new CellChain<TRule>(rule, _clock, gates, budget, _shared);
        var store = new CellStore<TRule>(rule, _clock, _tables, _shared, budget, reclaimer);
        _gate = new WordGate<TRule>(rule, _clock, _decider, _tables, store, _shared, gates);
        _hold = new WordHold<TRule>(_tables, store);
    }

    public override long Now => _clock.Now;

    public override LaneCases CasesOf(RateProgram program) => new(program, new WordReading<TRule>(_rule, _clock.Granule));

    public override bool TryAdmit(LaneCases cases, KeyIdentity key, long cost, out RateLimitDecision rejection)
    {
        if (_tables.Root is { } table)
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
                    if (_rule.Fits(seen, now, cost))
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
                        _decider.Reject(cases, seen, now, cost, out rejection);
                        return false;
                    }
                }
            }
        }

        return TryAdmitElsewhere(cases, key, cost, out rejection);
    }

    public override bool TryAcquire(LaneCases cases, KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision)
    {
        for (var table = _tables.Root; table is not null; table = table.Next)
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

                if (_decider.TryDecide(cases, ref state, stored, cost, maxWait, out decision))
                {
                    return true;
                }
            }
        }

        return _gate.TryAcquire(cases, key, cost, maxWait, out decision);
    }

    public override bool TryPeek(LaneCases cases, KeyIdentity key, out RateLimitDecision decision) => _gate.TryPeek(cases, key, out decision);

    public override bool TryRefund(in KeyIdentity key, long cost) => _gate.TryRefund(key, cost);

    public override bool TryReset(in KeyIdentity key) => _gate.TryReset(key);

    public override void Retire(PolicyRecord record)
    {
        _gates.EnterAll();
        try
        {
            if (_tables.Root is not null)
            {
                record.Retired = RetiredStates.Of(Program, _tables, _shared, _rule, _clock.Lag, _precise);
            }
        }
        finally
        {
            _gates.ExitAll();
        }
    }

    public override KeyRoom Hold(in KeyIdentity key, out long word) => _hold.Take(key, out word);

    public override void Release(in KeyIdentity key, long word) => _hold.Release(key, word);

    public override long HoldShared(int share) => _shared.Hold(share);

    public override void ReleaseShared(int share, long word) => _shared.Release(share, word);

    public override Verdict Measure(ref long word, long now, long cost, long maxWait) => _decider.Measure(ref word, now, cost, maxWait);

    public override long Charge(long word, long now, long cost) => _decider.Charge(word, now, cost);

    public override void Describe(LaneCases cases, long word, long now, long cost, Verdict verdict, out RateLimitDecision decision) =>
        _decider.Describe(cases, word, now, cost, verdict, out decision);

    public override void Grow() => _tables.Grow();

    public override void Maintain() => _tables.Maintain();

    // Kept apart, so that the way of an admission has no decision on its stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAdmitElsewhere(LaneCases cases, KeyIdentity key, long cost, out RateLimitDecision rejection) =>
        TryAcquire(cases, key, cost, maxWait: 0, out rejection) && rejection.IsAllowed;
}
