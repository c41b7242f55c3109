namespace SmartRateLimit.Simulation;

/// <summary>What a seed stands for, drawn before anything runs.</summary>
internal sealed record Scenario(
    int Nodes,
    int Stores,
    int Keys,
    int Slots,
    RateLimitPolicy Policy,
    MultiBackendStrategy Strategy,
    double RequestsPerSecond,
    WireQuality Wire)
{
    public const string PolicyName = "simulated";

    /// <summary>Until then things go wrong.</summary>
    public static readonly TimeSpan Trouble = TimeSpan.FromSeconds(12);

    /// <summary>Then everything is well again for so long that every part must have noticed.</summary>
    public static readonly TimeSpan Convalescence = TimeSpan.FromSeconds(8);

    /// <summary>What is asked in this last stretch must be decided as if nothing had been.</summary>
    public static readonly TimeSpan Health = TimeSpan.FromSeconds(4);

    public static Scenario Draw(World world)
    {
        var random = world.Random;
        RateLimitAlgorithm[] algorithms =
            [RateLimitAlgorithm.TokenBucket, RateLimitAlgorithm.LeakyBucket, RateLimitAlgorithm.FixedWindow, RateLimitAlgorithm.SlidingWindow, RateLimitAlgorithm.SlidingWindowCounter];
        FailureMode[] modes = [FailureMode.Local, FailureMode.Local, FailureMode.Open, FailureMode.Closed];
        string[] rates = ["1/s", "5/s", "20/2s", "10/700ms", "50/10s"];
        var policy = RateLimitPolicy.Parse(PolicyName, rates[random.Next(rates.Length)]) with
        {
            Algorithm = algorithms[random.Next(algorithms.Length)],
            OnBackendFailure = modes[random.Next(modes.Length)],
        };
        return new Scenario(
            Nodes: random.Next(1, 6),
            Stores: random.Next(3) == 0 ? 2 : 1,
            Keys: random.Next(1, 5),
            Slots: random.Next(1, 4),
            policy,
            random.Next(2) == 0 ? MultiBackendStrategy.FirstHealthy : MultiBackendStrategy.RoundRobin,
            RequestsPerSecond: Math.Pow(10, 0.5 + (random.NextDouble() * 1.7)),
            WireQuality.Draw(world));
    }

    /// <summary>The most permits that one limiter admits in any one period.</summary>
    public long Bound
    {
        get
        {
            var permits = Policy.Rates[0].Permits;
            return Policy.Algorithm == RateLimitAlgorithm.SlidingWindow ? permits : 2 * permits;
        }
    }
}
