using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Where the decorator of an interface stands: beside it.</summary>
internal static class DecoratorSite
{
    /// <summary>From where the decorator sees other members: the type around both, or the assembly.</summary>
    public static ISymbol Of(INamedTypeSymbol face, Compilation compilation) => (ISymbol?)face.ContainingType ?? compilation.Assembly;

    /// <summary>The decorator's name: <c>RateLimitedQuotes</c> for <c>IQuotes</c>.</summary>
    public static string Name(INamedTypeSymbol face) => Name(face.Name);

    /// <summary>The name of the decorator of an interface of that name.</summary>
    public static string Name(string face) =>
        "RateLimited" + (face.Length > 1 && face[0] == 'I' && char.IsUpper(face[1]) ? face.Substring(1) : face);

    /// <summary>The interface and those that it inherits.</summary>
    public static IEnumerable<INamedTypeSymbol> Closure(INamedTypeSymbol face) => face.AllInterfaces.Prepend(face);

    /// <summary>Whether every instance of an interface has the members of a type.</summary>
    public static bool IsPartOf(INamedTypeSymbol face, INamedTypeSymbol owner) =>
        Closure(face).Any(part => SymbolEqualityComparer.Default.Equals(part, owner));

    /// <summary>Whether a limit is written on the interface itself or on one of its own methods: those get a decorator.</summary>
    public static bool IsAnnotated(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface
        && (type.GetAttributes().Any(KnownTypes.IsRateLimited) || type.GetMembers().Any(IsAnnotatedMethod));

    private static bool IsAnnotatedMethod(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary } && member.GetAttributes().Any(KnownTypes.IsRateLimited);
}
