using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SmartRateLimit.Naming;

namespace SmartRateLimit.Binding;

/// <summary>Walks a path such as <c>order.Customer.Region</c> from its root over fields and properties.</summary>
internal static class PathBinder
{
    public static ValueBinding? Bind(BindingContext context, NameUse use, ISymbol root, ImmutableArray<ISymbol?> arguments)
    {
        var walked = new List<(ITypeSymbol From, bool IsUnwrapped, ISymbol Member)>();
        var type = TypeOf(root);
        var names = use.Path.Split('.');
        var offset = 0;
        for (var i = 1; i < names.Length; i++)
        {
            offset += names[i - 1].Length + 1;
            if (StepFrom(context, type, names[i]) is not { } step)
            {
                ReportUnknown(context, use, type, names[i], offset);
                return null;
            }

            walked.Add(step);
            type = TypeOf(step.Member);
        }

        var steps = walked.Select(step => new PathStep(step.Member, step.IsUnwrapped || MayBeNull(step.From, use.Use, type)));
        return new ValueBinding(root, arguments, steps.ToImmutableArray(), type);
    }

    private static (ITypeSymbol From, bool IsUnwrapped, ISymbol Member)? StepFrom(BindingContext context, ITypeSymbol type, string name)
    {
        var underlying = Underlying(type);
        if (underlying is not null && Find(context, underlying, name) is { } inner)
        {
            return (type, true, inner);
        }

        return Find(context, type, name) is { } member ? (type, false, member) : null;
    }

    /// <summary>
    /// In a key null counts as empty, and what a serializer made may be null whatever its type says. A cost cannot be
    /// empty, so there only what says that it may be null is asked.
    /// </summary>
    private static bool MayBeNull(ITypeSymbol type, ValueUse use, ITypeSymbol last) => use == ValueUse.Key && CanBeNullable(last)
        ? !type.IsValueType
        : type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };

    /// <summary>Whether the language has a nullable form of a type, which a conditional access gives.</summary>
    private static bool CanBeNullable(ITypeSymbol type) => type is { IsReferenceType: true } or { IsValueType: true, IsRefLikeType: false };

    private static ISymbol? Find(BindingContext context, ITypeSymbol type, string name) =>
        NameLookup.StepsOf(context, type, name).FirstOrDefault();

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
        var nearest = NearestName.Of(name, NameLookup.StepsOf(context, Underlying(type) ?? type).Select(member => member.Name));
        var message = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) + " has no readable field or property of this name" + NameProblem.DidYouMean(nearest);
        context.Report(ProblemId.UnknownName, use.LocationOf(offset, name.Length), name, message, ProblemProperty.Suggestion, nearest);
    }
}
