using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Model;

/// <summary>A generic decorator with the type arguments of one call of <c>AddRateLimited</c>.</summary>
/// <param name="Interface">The interface with its type arguments.</param>
/// <param name="Decorator">The decorator with the same.</param>
/// <param name="Reported">The ids that the compiler reports on them.</param>
internal sealed record ClosedDecorator(string Interface, string Decorator, EquatableArray<string> Reported)
{
    /// <summary>Whether a call may be one that registers a decorator.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node is GenericNameSyntax { Identifier.ValueText: "AddRateLimited" or "AddKeyedRateLimited", TypeArgumentList.Arguments: { Count: 2 } arguments }
        && arguments[0] is GenericNameSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or IdentifierNameSyntax;

    /// <returns>What to register; <see langword="null"/> where the type arguments are not known, or the decorator is registered already.</returns>
    public static ClosedDecorator? Of(GenericNameSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        var type = model.GetTypeInfo(name.TypeArgumentList.Arguments[0], cancellationToken).Type as INamedTypeSymbol;
        if (type is not { TypeKind: TypeKind.Interface }
            || !IsGeneric(type)
            || HasOpenArgument(type)
            || !DecoratorSite.IsAnnotated(type.OriginalDefinition)
            || !model.Compilation.IsSymbolAccessibleWithin(type, model.Compilation.Assembly))
        {
            return null;
        }

        var arguments = type.TypeArguments.IsEmpty ? string.Empty : "<" + string.Join(", ", type.TypeArguments.Select(TypeText.Of)) + ">";
        var around = type.ContainingType is { } outer ? TypeText.Of(outer) + "."
            : type.ContainingNamespace.IsGlobalNamespace ? "global::"
            : "global::" + TypeText.Of(type.ContainingNamespace) + ".";
        return new ClosedDecorator(TypeText.Of(type), around + DecoratorSite.Name(type) + arguments, ReportedIds.Sorted(ReportedIds.Of(type)));
    }

    private static bool IsGeneric(INamedTypeSymbol? type) => type is not null && (type.Arity > 0 || IsGeneric(type.ContainingType));

    private static bool HasOpenArgument(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol or IErrorTypeSymbol => true,
        IArrayTypeSymbol array => HasOpenArgument(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasOpenArgument) || (named.ContainingType is { } outer && HasOpenArgument(outer)),
        _ => false,
    };
}
