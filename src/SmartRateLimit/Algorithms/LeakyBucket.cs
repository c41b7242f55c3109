using System.Numerics;

namespace SmartRateLimit.Algorithms;

/// <summary>
/// A queue that leaks at the rate (J. Turner, "New directions in communications", 1986): a call that finds room is
/// admitted with the delay in which what it found before it leaks out, so calls proceed evenly spaced.
/// </summary>
internal sealed class LeakyBucket<T>(CellRate<T> cells) : CellBucket<T>(cells)
    where T : struct, IBinaryInteger<T>
{
    public override bool AdmitsAtOnce => false;

    public override Verdict Decide(long waitForRoom, long waitForEmpty, long maxWait)
    {
        var tooLate = maxWait == 0 ? 0 : Math.Max(0, waitForEmpty - maxWait);
        var retryAfter = Math.Max(waitForRoom, tooLate);
        return retryAfter == 0 ? Verdict.Admitted(waitForEmpty) : Verdict.Rejected(retryAfter);
    }
}
