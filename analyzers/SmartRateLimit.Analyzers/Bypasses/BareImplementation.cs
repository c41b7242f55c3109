using Microsoft.CodeAnalysis;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Knows which types are implementations that a decorator should stand in front of.</summary>
internal static class BareImplementation
{
    /// <summary>The annotated interface that a class implements and that limits it only through its decorator; <see langword="null"/> when there is none.</summary>
    public static INamedTypeSymbol? LimitedBy(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } and not { IsAbstract: true } && !IsDecorator(type)
            ? type.AllInterfaces.FirstOrDefault(face => DecoratorSite.IsAnnotated(face.OriginalDefinition))
            : null;

    public static bool IsDecorator(ITypeSymbol type) => KnownTypes.IsGenerated(type.OriginalDefinition);

    public static string Advice(INamedTypeSymbol face) =>
        "the limits of " + face.Name + " are in " + DecoratorSite.Name(face) + ", which would have to wrap it; register it with AddRateLimited, or wrap it";
}
