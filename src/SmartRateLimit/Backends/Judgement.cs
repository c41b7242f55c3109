using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends;

/// <summary>What all rates of a policy together say to a request: every one admits, or the one with the longest wait refuses.</summary>
internal readonly record struct Judgement(bool IsAdmitted, long Wait, int Violated, RateLimitReason Reason)
{
    /// <param name="meters">One for each rate.</param>
    /// <param name="now">Ticks on the policy's clock.</param>
    /// <param name="cost">Permits, at least 0.</param>
    /// <param name="maxWait">The longest wait in ticks that the caller accepts.</param>
    /// <param name="step">Ticks in a step of that clock: waits until the same step are the same.</param>
    public static Judgement Of(ReadOnlySpan<RateMeter> meters, long now, long cost, long maxWait, long step = 1)
    {
        var delay = 0L;
        var retryAfter = -1L;
        var violated = -1;
        for (var i = 0; i < meters.Length; i++)
        {
            if (cost > meters[i].Rule.Capacity)
            {
                // Waiting for another rate, even for ever, is not the reason then.
                return new Judgement(false, Ticks.Never, i, RateLimitReason.CostExceedsLimit);
            }

            var verdict = meters[i].Measure(now, cost, maxWait);
            if (verdict.IsAdmitted)
            {
                delay = Math.Max(delay, verdict.Wait);
            }
            else if ((step == 1 ? verdict.Wait : Ticks.Up(verdict.Wait, step)) is var wait && wait > retryAfter)
            {
                (violated, retryAfter) = (i, wait);
            }
        }

        return violated < 0 ? new Judgement(true, delay, -1, RateLimitReason.Allowed)
            : new Judgement(false, retryAfter, violated, RateLimitReason.Exceeded);
    }

    /// <summary>The decision for the caller, with what the meters say is left.</summary>
    public RateLimitDecision Decide(RateProgram program, ReadOnlySpan<RateMeter> meters, long now)
    {
        var least = 0;
        var remaining = meters[0].Remaining(now);
        for (var i = 1; i < meters.Length; i++)
        {
            var left = meters[i].Remaining(now);
            if (left < remaining)
            {
                (least, remaining) = (i, left);
            }
        }

        return new RateLimitDecision(
            program.Cases.Get(least, Violated, Reason, isDegraded: false), remaining, Wait, meters[least].ResetIn(now));
    }
}
