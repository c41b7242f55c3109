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

        return policies.ToImmutable();
    }

    private static PolicyBinding Bind(BindingContext context, Annotation annotation, string name)
    {
        var rates = RateBinder.Bind(context, annotation.Rate);
        return new PolicyBinding(annotation, name, rates, null, KeyBinding.Global, CostBinding.One, null, null);
    }
}
