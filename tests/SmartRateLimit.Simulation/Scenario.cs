using System.Collections.Concurrent;

namespace SmartRateLimit.Simulation;

/// <summary>What a seed stands for, drawn before anything runs.</summary>
internal sealed record Scenario(
    int Nodes,
    int Stores,
    int Keys,
    bool IsCalm,
    int Slots,
    RateLimitPolicy Policy,
    MultiBackendStrategy Strategy,
    double RequestsPerSecond,
    WireQuality Wire)
{
    private readonly ConcurrentDictionary<string, RateLimitPolicy> _policies = new();

    private const string Name = "simulated";

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
        var policy = RateLimitPolicy.Parse(Name, rates[random.Next(rates.Length)]) with
        {
            Algorithm = algorithms[random.Next(algorithms.Length)],
            OnBackendFailure = modes[random.Next(modes.Length)],
        };
        var isCalm = random.Next(8) == 0;
        return new Scenario(
            Nodes: random.Next(1, 6),
            Stores: random.Next(3) == 0 ? 2 : 1,
            Keys: random.Next(1, 5),
            isCalm,
            Slots: random.Next(1, 4),
            policy,
            random.Next(2) == 0 ? MultiBackendStrategy.FirstHealthy : MultiBackendStrategy.RoundRobin,
            RequestsPerSecond: Math.Pow(10, 0.5 + (random.NextDouble() * 1.7)),
            isCalm ? default : WireQuality.Draw(world));
    }

    /// <summary>Every key has a policy of its own, so that whoever gets another's decision can tell.</summary>
    public RateLimitPolicy PolicyOf(string key) => _policies.GetOrAdd(key, static (key, policy) => policy with { Name = $"{Name} {key}" }, Policy);

    /// <summary>Whether it is one of the policies that callers ask for; health checks have their own.</summary>
    public static bool IsOwn(RateLimitPolicy policy) => policy.Name.StartsWith(Name, StringComparison.Ordinal);

    /// <summary>By a clock that runs fast, a period is over a little earlier.</summary>
    public TimeSpan Window => Policy.Rates[0].Period * 0.999;

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
