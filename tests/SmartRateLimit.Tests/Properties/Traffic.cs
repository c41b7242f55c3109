using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace SmartRateLimit.Tests.Properties;

/// <summary>Policies of one name that a key lives under in turn, and what its caller does.</summary>
public sealed record Traffic(ImmutableArray<RateLimitPolicy> Policies, ImmutableArray<Step> Steps)
{
    private static readonly string[] Periods = ["ms", "s", "7s", "m", "90m", "d"];

    /// <summary>Traffic under one policy of one rate.</summary>
    public static Arbitrary<Traffic> Under(RateLimitAlgorithm algorithm) => Of(OneRate(algorithm).Select(ImmutableArray.Create));

    /// <summary>Traffic under one policy of several rates.</summary>
    public static Arbitrary<Traffic> UnderSeveralRates(RateLimitAlgorithm algorithm) => Of(SeveralRates(algorithm).Select(ImmutableArray.Create));

    /// <summary>Traffic under policies that differ in everything but their period.</summary>
    public static Arbitrary<Traffic> UnderChanges(Func<Gen<RateLimitAlgorithm>> algorithms) => Of(
        from period in Gen.Elements(Periods)
        from policies in (from algorithm in algorithms() from policy in OneRate(algorithm, period) select policy).ArrayOf(3)
        select policies.ToImmutableArray());

    public override string ToString() => $"{string.Join(" | ", Policies.Select(Describe))}: {string.Join(", ", Steps.Select(step => $"{step.Move} {step.Amount}"))}";

    internal static Gen<RateLimitPolicy> SeveralRates(RateLimitAlgorithm algorithm) =>
        from count in Gen.Choose(1, 3)
        from rates in Rate(Gen.Elements(Periods)).ArrayOf(count)
        select new RateLimitPolicy("policy", [.. rates]) with { Algorithm = algorithm };

    private static Arbitrary<Traffic> Of(Gen<ImmutableArray<RateLimitPolicy>> policies)
    {
        var steps = Arb.Array(Step.Draw.ToArbitrary());
        return Arb.From(
            from some in policies from what in steps.Generator select new Traffic(some, [.. what]),
            traffic => steps.Shrinker([.. traffic.Steps]).Select(fewer => traffic with { Steps = [.. fewer] }));
    }

    private static Gen<RateLimitPolicy> OneRate(RateLimitAlgorithm algorithm) =>
        from period in Gen.Elements(Periods)
        from policy in OneRate(algorithm, period)
        select policy;

    private static Gen<RateLimitPolicy> OneRate(RateLimitAlgorithm algorithm, string period) =>
        from rate in Rate(Gen.Constant(period))
        from burst in Gen.Choose(-8, 20)
        from isAligned in Gen.Elements(true, false)
        select new RateLimitPolicy("policy", rate) with
        {
            Algorithm = algorithm,
            Burst = burst > 0 && algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket ? Math.Max(1, burst) : null,
            AlignToClock = isAligned || algorithm != RateLimitAlgorithm.FixedWindow,
        };

    private static Gen<Rate> Rate(Gen<string> periods) =>
        from permits in Gen.Frequency((4, Gen.Choose(1, 12)), (1, Gen.Choose(13, 997)))
        from period in periods
        select SmartRateLimit.Rate.Parse($"{permits}/{period}");

    private static string Describe(RateLimitPolicy policy) => $"{policy.Algorithm} {string.Join("; ", policy.Rates)}, burst {policy.Burst}, aligned {policy.AlignToClock}";
}
