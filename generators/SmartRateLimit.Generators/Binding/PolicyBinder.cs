using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Binds each attribute of a method or endpoint type.</summary>
internal static class PolicyBinder
{
    public static ImmutableArray<PolicyBinding> BindAll(BindingContext context)
    {
        var policies = Bind(context, context.Target, DefaultName);
        NameRules.Check(context, policies);
        return policies;
    }

    /// <summary>Binds the attributes of one symbol.</summary>
    /// <param name="context">The method or endpoint type that they limit.</param>
    /// <param name="annotated">What they are written on.</param>
    /// <param name="defaultName">The name of the unnamed attribute of a number, counted from 1.</param>
    public static ImmutableArray<PolicyBinding> Bind(BindingContext context, ISymbol annotated, Func<ISymbol, int, string> defaultName)
    {
        var policies = ImmutableArray.CreateBuilder<PolicyBinding>();
        var unnamed = 0;
        foreach (var data in annotated.GetAttributes().Where(KnownTypes.IsRateLimited))
        {
            var annotation = new Annotation(data, context.CancellationToken);
            var name = string.IsNullOrEmpty(annotation.Name) ? defaultName(context.Target, ++unnamed) : annotation.Name!;
            policies.Add(Bind(context, annotation, name));
        }

        return policies.ToImmutable();
    }

    /// <summary>At an endpoint type every endpoint has a name of its own, so only the number tells its limits apart here.</summary>
    private static string DefaultName(ISymbol target, int number) => target is IMethodSymbol method
        ? PolicyName.Default(method, number)
        : target.ToDisplayString() + "#" + number.ToString(CultureInfo.InvariantCulture);

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
