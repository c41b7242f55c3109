using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>What applies to an endpoint, worked out once.</summary>
internal sealed class EndpointPlan(LimitPlan[] limits, bool followsRules, int rule)
{
    private Combination? _combined;

    /// <summary>The limits that the endpoint, its group or its class asks for.</summary>
    public LimitPlan[] Limits { get; } = limits;

    /// <summary>Whether the default rate and rules apply as well.</summary>
    public bool FollowsRules { get; } = followsRules;

    /// <summary>Index of the rule that the endpoint has however its path is spelled.</summary>
    public int Rule { get; } = rule;

    /// <summary>The endpoint's limits after that of a rule.</summary>
    public LimitPlan[] With(LimitPlan? rule)
    {
        if (rule is null)
        {
            return Limits;
        }

        // Nearly every endpoint has one rule, so remembering the last is enough.
        var combined = _combined;
        if (combined is null || !ReferenceEquals(combined.Rule, rule))
        {
            _combined = combined = new Combination(rule, [rule, .. Limits]);
        }

        return combined.All;
    }

    private sealed record Combination(LimitPlan Rule, LimitPlan[] All);
}
