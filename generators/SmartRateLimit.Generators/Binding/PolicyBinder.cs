using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Binds each attribute of a method.</summary>
internal static class PolicyBinder
{
    public static ImmutableArray<PolicyBinding> BindAll(BindingContext context)
    {
        var policies = ImmutableArray.CreateBuilder<PolicyBinding>();
        var unnamed = 0;
        foreach (var data in context.Method.GetAttributes().Where(KnownTypes.IsRateLimited))
        {
            var annotation = new Annotation(data, context.CancellationToken);
            var name = string.IsNullOrEmpty(annotation.Name) ? PolicyName.Default(context.Method, ++unnamed) : annotation.Name!;
            policies.Add(Bind(context, annotation, name));
        }

        NameRules.Check(context, policies.ToImmutable());
        return policies.ToImmutable();
    }

    private static PolicyBinding Bind(BindingContext context, Annotation annotation, string name)
    {
        var rates = RateBinder.Bind(context, annotation.Rate);
        var cost = CostBinder.Bind(context, annotation);
        SettingsRules.Check(context, annotation, rates, cost);
        return new PolicyBinding(
            annotation,
            name,
            rates,
            WaitBinder.Bind(context, annotation),
            KeyBinder.Bind(context, annotation),
            cost,
            ConditionBinder.Bind(context, annotation),
            FallbackBinder.Bind(context, annotation));
    }
}
