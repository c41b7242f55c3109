using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory;

/// <summary>Moves a key from one policy's numbers to another's, so that a change never forgets what was spent.</summary>
internal static class Carryover
{
    public static RateMeter[] Move(RateProgram from, RateMeter[] meters, RateProgram to, BackendClock clock)
    {
        var isOneClock = from.UsesWallClock == to.UsesWallClock && clock.GranuleOf(from) == clock.GranuleOf(to);
        var clockOffset = isOneClock ? 0 : clock.Now(from) - clock.Now(to);
        var moved = new RateMeter[to.Rules.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = meters[Predecessor(from, to.Period(i))].Copy().Under(to.Rules[i], clockOffset);
        }

        return moved;
    }

    /// <summary>The old rate that knows most about a period: the longest not above it, or else the shortest.</summary>
    public static int Predecessor(RateProgram from, long period)
    {
        var best = 0;
        for (var i = 1; i < from.Rules.Length; i++)
        {
            var (candidate, chosen) = (from.Period(i), from.Period(best));
            var isBetter = candidate <= period ? chosen > period || candidate > chosen : chosen > period && candidate < chosen;
            best = isBetter ? i : best;
        }

        return best;
    }
}
