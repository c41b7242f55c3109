using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>Says which policies have a lane: those with one rate whose state fits a word.</summary>
internal static class Lanes
{
    public static KeyLane? TryCreate(RateProgram program, BackendClock clock, KeyGates gates, StateBudget budget, Reclaimer reclaimer) =>
        program.Rules.Length > 1 ? null
        : program.Rules[0] is RateRule<long> { Algorithm: CellBucket<long> bucket } rule
            ? new WordLane<CellWord>(program, new CellWord(rule, bucket), clock, gates, budget, reclaimer)
        : program.Rules[0] is RateRule<WindowCount> { Algorithm: FixedWindow window } windows && WindowWord.Fits(window)
            ? new WordLane<WindowWord>(program, new WindowWord(windows, window), clock, gates, budget, reclaimer)
        : null;
}
