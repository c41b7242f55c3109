using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>Says which policies have a lane: those with one rate whose state fits a word.</summary>
internal static class Lanes
{
    public static KeyLane? TryCreate(RateProgram program, BackendClock clock, KeyGates gates, StateBudget budget, Reclaimer reclaimer) =>
        program.Rules.Length > 1 ? null
        : program.Rules[0] is WordRateRule rule
            ? new WordLane<CellWord>(program, rule.Word, clock, gates, budget, reclaimer)
        : program.Rules[0] is RateRule<WindowCount> { Algorithm: FixedWindow window } windows && WindowWord.Fits(window)
            ? new WordLane<WindowWord>(program, new WindowWord(windows, window), clock, gates, budget, reclaimer)
        : program.Rules[0] is RateRule<WindowPair> { Algorithm: SlidingWindowCounter counter } pairs && CounterWord.Fits(counter)
            ? new WordLane<CounterWord>(program, new CounterWord(pairs, counter), clock, gates, budget, reclaimer)
        : null;
}
