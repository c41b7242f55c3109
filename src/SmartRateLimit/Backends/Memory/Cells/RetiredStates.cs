using System.Collections.Concurrent;
using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>What keys had spent when their lane retired. They have no texts, so a bucket takes a state when its key comes.</summary>
/// <param name="program">The numbers under which the states were written.</param>
/// <param name="states">A meter by key; each counts as one state of the budget until it is taken.</param>
/// <param name="shared">The most that a shared cell had spent; <see langword="null"/> when none was in use.</param>
/// <param name="end">When the last of them is worth nothing any more, on the backend's precise clock.</param>
internal sealed class RetiredStates(RateProgram program, ConcurrentDictionary<(ulong Tag, uint Extra), RateMeter> states, RateMeter? shared, long end)
{
    public RateProgram Program => program;

    /// <summary>Takes what a lane's keys have spent. The caller holds every gate.</summary>
    /// <param name="program">The lane's numbers.</param>
    /// <param name="tables">The lane's keys.</param>
    /// <param name="sharing">The states that keys share.</param>
    /// <param name="rule">The lane's algorithm.</param>
    /// <param name="lag">How far the precise clock is ahead of the lane's: as much has to be added for a state to mean the same.</param>
    /// <param name="clock">The precise clock.</param>
    public static RetiredStates Of<TRule>(RateProgram program, CellChain<TRule> tables, SharedStates<TRule> sharing, TRule rule, long lag, BackendClock clock)
        where TRule : struct, IWordRule
    {
        var now = clock.Now(program.UsesWallClock);
        var states = new ConcurrentDictionary<(ulong, uint), RateMeter>();
        var longest = 0L;
        RateMeter? shared = null;
        tables.Collect((key, word) => longest = Math.Max(longest, (states[(key.Tag, key.Extra)] = rule.ToMeter(rule.Shift(word, lag), now)).ResetIn(now)));
        sharing.Collect(word =>
        {
            var meter = rule.ToMeter(rule.Shift(word, lag), now);
            var reset = meter.ResetIn(now);
            if (shared is null || reset > shared.ResetIn(now))
            {
                shared = meter;
                longest = Math.Max(longest, reset);
            }
        });
        return new RetiredStates(program, states, shared, longest > Ticks.Never - now ? Ticks.Never : now + longest);
    }

    /// <summary>Forgets every state.</summary>
    /// <returns>How many there were.</returns>
    public int Clear()
    {
        var count = 0;
        foreach (var key in states.Keys)
        {
            count += states.TryRemove(key, out _) ? 1 : 0;
        }

        return count;
    }

    public bool IsOver(long now) => now > end;

    /// <summary>The key's own state, which is the caller's from now on.</summary>
    public RateMeter? Take(in KeyIdentity key) => states.TryRemove((key.Tag, key.Extra), out var meter) ? meter : null;

    /// <summary>What a key without a state of its own has to start with.</summary>
    public RateMeter? Shared => shared?.Copy();
}
