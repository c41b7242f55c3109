using System.Collections.Immutable;

namespace SmartRateLimit.Contract.Comparison;

/// <summary>Draws policies of every algorithm, with numbers from nothing to the largest, that a backend accepts.</summary>
internal sealed class PolicyDraw(Random random, IRateLimitBackend backend, Grain grain)
{
    private static readonly long[] Milliseconds =
        [1, 7, 250, 1_000, 30_000, 60_000, 3_600_000, 86_400_000, 604_800_000, 31_557_600_000, 365_250L * 86_400_000];

    /// <summary>The policies that a key lives under in turn; mostly it is one.</summary>
    public IReadOnlyList<RateLimitPolicy> NextSet()
    {
        if (random.Next(3) > 0)
        {
            return [Next()];
        }

        // A permit that is reserved while the old numbers still fade has no exact meaning under the new ones.
        return [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Next() with { MaxWait = TimeSpan.Zero })];
    }

    private RateLimitPolicy Next()
    {
        var algorithm = (RateLimitAlgorithm)random.Next(5);
        while (true)
        {
            if (TryDraw(algorithm) is { } policy && backend.Supports(policy, out _))
            {
                return policy;
            }
        }
    }

    private RateLimitPolicy? TryDraw(RateLimitAlgorithm algorithm)
    {
        var isTank = algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket;
        var rates = Enumerable.Range(0, random.Next(5) < 3 ? 1 : random.Next(2, 4)).Select(_ => DrawRate(algorithm)).ToImmutableArray();
        var policy = new RateLimitPolicy("random", rates)
        {
            Algorithm = algorithm,
            AlignToClock = algorithm != RateLimitAlgorithm.FixedWindow || random.Next(2) == 0,
            Burst = isTank && random.Next(3) == 0 ? DrawPermits(algorithm) : null,
            InitialPermits = isTank && random.Next(4) == 0 ? random.NextInt64(0, 1 + Math.Min(rates.Min(r => r.Permits), 1_000)) : null,
            MaxWait = isTank && random.Next(3) == 0 ? TimeSpan.FromTicks(grain.Down(DrawPeriod().Ticks / random.Next(1, 8))) : TimeSpan.Zero,
        };

        try
        {
            return policy.Validate();
        }
        catch (ArgumentException)
        {
            // Contradictions have tests of their own; here another draw is as good.
            return null;
        }
    }

    private Rate DrawRate(RateLimitAlgorithm algorithm) => new(DrawPermits(algorithm), DrawPeriod());

    private long DrawPermits(RateLimitAlgorithm algorithm)
    {
        var most = algorithm == RateLimitAlgorithm.SlidingWindow ? 10_000 : long.MaxValue;
        return random.Next(12) switch
        {
            0 => random.Next(2),
            < 5 => random.Next(1, 8),
            < 8 => random.Next(1, 1_000),
            < 10 => Math.Min(most, long.MaxValue >> random.Next(63)),
            10 => most - random.Next(3),
            _ => random.NextInt64(1, most),
        };
    }

    private TimeSpan DrawPeriod() => TimeSpan.FromMilliseconds(random.Next(4) == 0
        ? random.NextInt64(1, 1L << random.Next(1, 40))
        : Milliseconds[random.Next(random.Next(8) == 0 ? Milliseconds.Length : Milliseconds.Length - 3)]);
}
