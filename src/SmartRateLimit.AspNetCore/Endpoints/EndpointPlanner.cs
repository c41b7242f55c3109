using System.Reflection;
using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>Works out what applies to an endpoint from its metadata, which goes from the outermost group to the handler.</summary>
internal static class EndpointPlanner
{
    /// <exception cref="InvalidOperationException">A limit is invalid or names something that is not there.</exception>
    public static EndpointPlan Plan(Endpoint endpoint, RuleSet rules, bool shadow)
    {
        var limits = new List<LimitPlan>();
        var name = EndpointName.Of(endpoint);
        var isDisabled = false;
        var unnamed = 0;
        foreach (var (limit, isOptOut) in Declared(endpoint.Metadata))
        {
            if (isOptOut)
            {
                // What comes from outside ends here; what is nearer to the handler than the opt-out was meant.
                limits.Clear();
                isDisabled = true;
                continue;
            }

            var policyName = limit!.Attribute.Name ?? limit.Group?.Name ?? Numbered(name, ++unnamed);
            limits.Add(LimitFactory.Create(endpoint, limit, policyName, shadow));
        }

        return new EndpointPlan([.. limits], !isDisabled, rules.Find(endpoint));
    }

    public static bool IsLimited(Endpoint endpoint)
    {
        var isLimited = false;
        foreach (var (_, isOptOut) in Declared(endpoint.Metadata))
        {
            isLimited = !isOptOut;
        }

        return isLimited;
    }

    private static IEnumerable<(EndpointLimit? Limit, bool IsOptOut)> Declared(EndpointMetadataCollection metadata)
    {
        var enforced = EnforcedElsewhere(metadata);
        foreach (var item in metadata)
        {
            switch (item)
            {
                case DisableRateLimitAttribute:
                    yield return (null, true);
                    break;
                case RateLimitedAttribute attribute when !enforced.Remove(attribute):
                    yield return (new EndpointLimit(attribute, null, null), false);
                    break;
                case EndpointLimit limit:
                    yield return (limit, false);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The attributes of a partial handler, whose generated part charges them itself. Those of its class stay.</summary>
    private static List<RateLimitedAttribute> EnforcedElsewhere(EndpointMetadataCollection metadata) =>
        HandlerType.Method(metadata) is { } method && method.IsDefined(typeof(EnforcedByGeneratedCodeAttribute), inherit: false)
            ? [.. method.GetCustomAttributes<RateLimitedAttribute>(inherit: true)]
            : [];

    private static string Numbered(string name, int occurrence) => occurrence == 1 ? name : name + "#" + occurrence;
}
