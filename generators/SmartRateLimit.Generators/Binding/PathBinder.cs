using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Walks a path such as <c>order.Customer.Region</c> from its root over fields and properties.</summary>
internal static class PathBinder
{
    public static ValueBinding? Bind(BindingContext context, NameUse use, ISymbol root, ImmutableArray<ISymbol?> arguments)
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>();
        var type = TypeOf(root);
        var names = use.Path.Split('.');
        var offset = 0;
        for (var i = 1; i < names.Length; i++)
        {
            offset += names[i - 1].Length + 1;
            if (StepFrom(context, use, type, names[i]) is not { } step)
            {
                ReportUnknown(context, use, type, names[i], offset);
                return null;
            }

            steps.Add(step);
            type = TypeOf(step.Member);
        }

        return new ValueBinding(root, arguments, steps.ToImmutable(), type);
    }

    private static PathStep? StepFrom(BindingContext context, NameUse use, ITypeSymbol type, string name)
    {
        var underlying = Underlying(type);
        if (underlying is not null && Find(context, underlying, name) is { } inner)
        {
            return new PathStep(inner, isConditional: true);
        }

        return Find(context, type, name) is { } member ? new PathStep(member, MayBeNull(type, use.Use)) : null;
    }

    /// <summary>Code that does not say whether a reference may be null is believed for a cost, but a key must not throw.</summary>
    private static bool MayBeNull(ITypeSymbol type, ValueUse use) => type.IsReferenceType && (use == ValueUse.Key
        ? type.NullableAnnotation != NullableAnnotation.NotAnnotated
        : type.NullableAnnotation == NullableAnnotation.Annotated);

    private static ISymbol? Find(BindingContext context, ITypeSymbol type, string name) =>
        NameLookup.StepsOf(context, type).FirstOrDefault(member => member.Name == name);

    private static ITypeSymbol? Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : null;

    private static ITypeSymbol TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IMethodSymbol method => method.ReturnType,
        _ => throw new ArgumentException("Only values have a type.", nameof(symbol)),
    };

    private static void ReportUnknown(BindingContext context, NameUse use, ITypeSymbol type, string name, int offset)
    {
        var nearest = NearestName.To(name, NameLookup.StepsOf(context, Underlying(type) ?? type).Select(member => member.Name));
        var message = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) + " has no readable field or property of this name" + NameProblem.DidYouMean(nearest);
        context.Report(ProblemId.UnknownName, use.LocationOf(offset, name.Length), name, message, ProblemProperty.Suggestion, nearest);
    }
}
