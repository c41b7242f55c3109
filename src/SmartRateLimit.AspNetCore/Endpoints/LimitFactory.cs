using System.Globalization;
using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Enforcement;
using SmartRateLimit.AspNetCore.Keys;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>Makes the limit that an attribute, or a call with the same settings, asks for at an endpoint.</summary>
internal static class LimitFactory
{
    /// <exception cref="InvalidOperationException">A setting is invalid or names something that is not there.</exception>
    public static LimitPlan Create(Endpoint endpoint, EndpointLimit limit, string name, bool shadow)
    {
        var attribute = limit.Attribute;
        try
        {
            var policy = Policies.AttributePolicy.Create(attribute, name);
            RouteNames.Check(endpoint, limit.Key is null ? attribute.Key : null);
            var handler = HandlerType.Method(endpoint.Metadata);
            var functions = new FunctionScope(handler, attribute.KeyType, HandlerType.Of(endpoint.Metadata), handler?.DeclaringType);
            var (cost, costFunction) = Cost(attribute.Cost, functions);
            return new LimitPlan(
                (shadow ? policy with { Shadow = true } : policy).Validate(),
                limit.Key is { } key ? KeyPlanner.Plan(key) : KeyPlanner.Plan(attribute.Key, functions))
            {
                Cost = cost,
                CostFunction = costFunction,
                Skip = attribute.SkipIf is { } skip ? functions.Skip(Bare(skip)) : null,
                Rejection = attribute.OnRejected is { } rejection ? functions.Rejection(Bare(rejection)) : null,
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"The rate limit \"{attribute.Rate}\" of the endpoint \"{endpoint.DisplayName ?? name}\" cannot be enforced: {e.Message}", e);
        }
    }

    private static (long Constant, Func<object, long>? Function) Cost(string? text, FunctionScope functions)
    {
        if (text is null)
        {
            return (1, null);
        }

        if (!long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var constant))
        {
            return (0, functions.Cost(Bare(text)));
        }

        return constant >= 0 ? (constant, null) : throw new FormatException($"the cost is {text}, but must be at least 0");
    }

    /// <summary>A single name may be written as a hole.</summary>
    private static string Bare(string name) =>
        name.Trim() is ['{', .. var inner, '}'] ? inner.Trim() : name.Trim();
}
