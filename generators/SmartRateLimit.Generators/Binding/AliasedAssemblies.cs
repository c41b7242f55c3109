using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Finds types that a project knows only through an <c>extern alias</c>, which each file has to declare for itself.</summary>
internal static class AliasedAssemblies
{
    public const string Reason = "a type that the project knows only through an extern alias has no name in the generated file; wrap it in a type of the project's own";

    private static readonly ConditionalWeakTable<Compilation, HashSet<ISymbol>> Known = new();

    /// <summary>Whether a type, or one that it is made of, has no name from <c>global::</c> on.</summary>
    public static bool Has(ITypeSymbol type, Compilation compilation)
    {
        var aliased = Known.GetValue(compilation, Find);
        return aliased.Count > 0 && Has(type, aliased);
    }

    /// <summary>Whether the declaration of a member names such a type.</summary>
    public static bool AreNamedBy(ISymbol member, Compilation compilation) => member switch
    {
        IMethodSymbol method => Has(method.ReturnType, compilation)
            || method.Parameters.Any(parameter => Has(parameter.Type, compilation))
            || method.TypeParameters.Any(parameter => parameter.ConstraintTypes.Any(type => Has(type, compilation))),
        IEventSymbol @event => Has(@event.Type, compilation),
        _ => false,
    };

    private static bool Has(ITypeSymbol type, HashSet<ISymbol> aliased) => type switch
    {
        IArrayTypeSymbol array => Has(array.ElementType, aliased),
        IPointerTypeSymbol pointer => Has(pointer.PointedAtType, aliased),
        INamedTypeSymbol named => (named.ContainingAssembly is { } assembly && aliased.Contains(assembly))
            || named.TypeArguments.Any(argument => Has(argument, aliased))
            || (named.ContainingType is { } outer && Has(outer, aliased)),
        _ => false,
    };

    private static HashSet<ISymbol> Find(Compilation compilation) => new(
        compilation.References
            .Where(reference => reference.Properties.Aliases is { IsEmpty: false } aliases && !aliases.Contains(MetadataReferenceProperties.GlobalAlias))
            .Select(compilation.GetAssemblyOrModuleSymbol)
            .OfType<IAssemblySymbol>(),
        SymbolEqualityComparer.Default);
}
