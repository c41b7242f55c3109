using System.Runtime.CompilerServices;
using SmartRateLimit.Algorithms;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>Decides on a state under one algorithm, and says what was decided.</summary>
internal sealed class WordDecider<TRule>(in TRule rule, in LaneClock clock)
    where TRule : struct, IWordRule
{
    // Not read-only: calls on a read-only field of a type parameter's type are made on a copy, and there are several per decision.
#pragma warning disable IDE0044
    private TRule _rule = rule;
    private LaneClock _clock = clock;
#pragma warning restore IDE0044

    /// <summary>Decides by the clock as it stands, which is read after the state for the reason that <see cref="WordLane{TRule}"/> gives.</summary>
    /// <returns>Whether what is stored was still that; if not, nothing is decided.</returns>
    public bool TryDecide(LaneCases cases, ref long state, long stored, long cost, long maxWait, out RateLimitDecision decision)
    {
        var now = _clock.Now;
        var word = CellWords.Load(stored);
        var seen = word;
        var verdict = Measure(ref seen, now, cost, maxWait);
        var next = verdict.IsAdmitted ? Charge(seen, now, cost) : seen;
        if (next != word && Interlocked.CompareExchange(ref state, CellWords.Store(next), stored) != stored)
        {
            decision = default;
            return false;
        }

        if (verdict.IsAdmitted || maxWait != 0)
        {
            Describe(cases, next, now, cost, verdict, out decision);
        }
        else
        {
            Reject(cases, next, now, cost, out decision);
        }

        return true;
    }

    /// <summary>Brings a state to the time, and decides on it without charging.</summary>
    public Verdict Measure(ref long word, long now, long cost, long maxWait)
    {
        word = _rule.Observe(word, now);
        return _rule.Measure(word, now, cost, maxWait);
    }

    public long Charge(long word, long now, long cost) => cost != 0 ? _rule.Charge(word, now, cost) : word;

    public void Describe(LaneCases cases, long word, long now, long cost, Verdict verdict, out RateLimitDecision decision)
    {
        if (verdict.IsAdmitted)
        {
            decision = new RateLimitDecision(cases.Allowed, word, verdict.Wait, now);
        }
        else
        {
            var wait = verdict.Wait == Ticks.Never ? verdict.Wait : verdict.Wait + _clock.Granule;
            decision = new RateLimitDecision(Case(cases, cost).Settled, _rule.Remaining(word, now), wait, _rule.ResetIn(word, now));
        }
    }

    /// <summary>The rejection of a caller who accepts no wait. How long to wait is worked out when somebody asks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Reject(LaneCases cases, long word, long now, long cost, out RateLimitDecision rejection) =>
        rejection = new RateLimitDecision(Case(cases, cost), word, cost, now);

    private Policies.DecisionCase Case(LaneCases cases, long cost) => cost > _rule.Capacity ? cases.CostExceedsLimit : cases.Exceeded;
}
