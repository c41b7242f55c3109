using System.Numerics;

namespace SmartRateLimit.Algorithms;

/// <summary>
/// Spending is bounded by the burst, and permits come back continuously: over any time t at most burst + rate × t pass.
/// A caller that can wait takes a permit that is not there yet, in order of asking.
/// </summary>
internal sealed class TokenBucket<T>(CellRate<T> cells) : CellBucket<T>(cells)
    where T : struct, IBinaryInteger<T>
{
    public override bool AdmitsAtOnce => true;

    public override Verdict Decide(long waitForRoom, long waitForEmpty, long maxWait) =>
        waitForRoom <= maxWait ? Verdict.Admitted(waitForRoom)
        : Verdict.Rejected(waitForRoom == Ticks.Never ? Ticks.Never : waitForRoom - maxWait);
}
