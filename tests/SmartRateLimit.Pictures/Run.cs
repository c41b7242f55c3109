using SmartRateLimit.Testing;

namespace SmartRateLimit.Pictures;

/// <summary>One call and what became of it.</summary>
/// <param name="At">When it was made.</param>
/// <param name="IsAdmitted">Whether it was admitted.</param>
/// <param name="Delay">How long it had to wait then.</param>
internal sealed record Call(TimeSpan At, bool IsAdmitted, TimeSpan Delay);

/// <summary>What was left at a time.</summary>
/// <param name="At">The time.</param>
/// <param name="Remaining">Permits, or places in the queue of a leaky bucket.</param>
internal sealed record Level(TimeSpan At, long Remaining);

/// <summary>How one algorithm decides the traffic.</summary>
/// <param name="Calls">The calls.</param>
/// <param name="Levels">What was left, ten times a second and after each call.</param>
internal sealed record Run(IReadOnlyList<Call> Calls, IReadOnlyList<Level> Levels)
{
    public const int Limit = 5;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    public static async Task<Run> OfAsync(RateLimitAlgorithm algorithm)
    {
        var limiter = new TestRateLimiter();
        var policy = RateLimitPolicy.Parse("picture", $"{Limit}/10s") with { Algorithm = algorithm };
        var (calls, levels) = (new List<Call>(), new List<Level>());
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(Traffic.Seconds); now += Step)
        {
            levels.Add(await LevelAsync(limiter, policy, now));
            foreach (var at in Traffic.Calls.Where(at => at >= now && at < now + Step))
            {
                var decision = limiter.Acquire(policy, "caller");
                calls.Add(new Call(at, decision.IsAllowed, decision.Delay));
                levels.Add(await LevelAsync(limiter, policy, now));
            }

            limiter.Clock.Advance(Step);
        }

        return new Run(calls, levels);
    }

    private static async Task<Level> LevelAsync(TestRateLimiter limiter, RateLimitPolicy policy, TimeSpan now) =>
        new(now, (await limiter.PeekAsync(policy, "caller")).Remaining);
}
