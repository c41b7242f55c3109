using SmartRateLimit.Contract.Model;

namespace SmartRateLimit.Contract.Comparison;

/// <summary>Draws what happens next, leaning towards the edges: exactly at a retry-after, one tick before it, one permit too many.</summary>
internal sealed class OperationDraw(Random random, IReadOnlyList<RateLimitPolicy> policies, Grain grain, bool hasMonotonicClock)
{
    // Where every algorithm at play reads the monotonic clock, steps of the other mean nothing.
    private readonly bool _mayStepWall = hasMonotonicClock && !policies.Any(UsesWallClock);

    // What other numbers left behind goes by a clock of its own.
    private readonly bool _mayStepBoth = policies.Count == 1;

    public Operation Next(RateLimitPolicy policy, Answer? last) => random.Next(100) switch
    {
        < 36 => new Operation(OperationKind.Acquire, DrawCost(last)),
        < 46 => new Operation(OperationKind.AcquireOrReserve, DrawCost(last)),
        < 51 => new Operation(OperationKind.AcquireAndRefund, DrawCost(last)),
        < 57 => new Operation(OperationKind.Peek),
        < 58 => new Operation(OperationKind.Reset),
        < 61 => new Operation(OperationKind.ChangePolicy, random.Next(policies.Count)),
        < 63 when _mayStepWall => new Operation(OperationKind.StepWall, grain.Down(DrawStep(policy))),
        < 66 when _mayStepBoth => new Operation(OperationKind.StepBoth, grain.Down(DrawStep(policy))),
        _ => new Operation(OperationKind.Advance, grain.Down(DrawTicks(policy, last))),
    };

    private static bool UsesWallClock(RateLimitPolicy policy) =>
        policy.Algorithm == RateLimitAlgorithm.SlidingWindowCounter || (policy.Algorithm == RateLimitAlgorithm.FixedWindow && policy.AlignToClock);

    /// <summary>A step of a clock, forward or back: around one period, where what it means changes, or any.</summary>
    private long DrawStep(RateLimitPolicy policy)
    {
        var period = policy.Rates[random.Next(policy.Rates.Length)].Period.Ticks;
        var ticks = random.Next(4) switch
        {
            0 => random.NextInt64(TimeSpan.TicksPerDay),
            1 => period + random.Next(-1, 2),
            _ => (long)(period * random.NextDouble() * 2),
        };
        return Math.Min(ticks, TimeSpan.TicksPerDay * 365) * (random.Next(2) == 0 ? -1 : 1);
    }

    private long DrawCost(Answer? last)
    {
        var remaining = (long)(last?.Remaining ?? 1);
        var limit = (long)(last?.Limit ?? 1);
        return random.Next(10) switch
        {
            0 => 0,
            1 => remaining,
            2 => remaining == long.MaxValue ? remaining : remaining + 1,
            3 => random.NextInt64(remaining) + 1,
            4 => limit,
            5 when random.Next(4) == 0 => limit == long.MaxValue ? limit : limit + 1,
            6 => (limit / 5) + 1,
            _ => 1,
        };
    }

    private long DrawTicks(RateLimitPolicy policy, Answer? last)
    {
        var period = policy.Rates[random.Next(policy.Rates.Length)].Period.Ticks;
        var retry = grain.Up((long)(last?.RetryAfter ?? period));
        var reset = grain.Up((long)(last?.ResetAfter ?? period));
        return random.Next(12) switch
        {
            0 => grain.Ticks,
            1 or 2 => retry,
            3 => Math.Max(0, retry - 1),
            4 => (long)(retry * random.NextDouble()),
            5 => reset,
            6 => Math.Max(0, reset - 1),
            7 => period,
            8 => period * random.Next(2, 4),
            _ => (long)(period * random.NextDouble()),
        };
    }
}
