using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>The types that binding recognises, by name: the ones of ASP.NET need not be referenced.</summary>
internal static class KnownTypes
{
    public const string Attribute = "SmartRateLimit.RateLimitedAttribute";

    public static bool Is(this ITypeSymbol? type, string space, string name, int arity = 0) =>
        type is not null
        && type.Name == name
        && type.ContainingType is null
        && (type is not INamedTypeSymbol named || named.Arity == arity)
        && type.ContainingNamespace?.ToDisplayString() == space;

    public static bool IsRateLimited(this AttributeData attribute) =>
        attribute.AttributeClass.Is("SmartRateLimit", "RateLimitedAttribute");

    /// <summary>Whether a symbol is of our making: analyzers see the compilation with what was generated.</summary>
    public static bool IsGenerated(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass.Is("System.CodeDom.Compiler", "GeneratedCodeAttribute")
        && attribute.ConstructorArguments.FirstOrDefault().Value is GeneratorName.Value);

    public static bool IsDecision(this ITypeSymbol type) => type.Is("SmartRateLimit", "RateLimitDecision");

    public static bool IsHttpContext(this ITypeSymbol type) => type.Is("Microsoft.AspNetCore.Http", "HttpContext");

    public static bool IsCancellationToken(this ITypeSymbol type) => type.Is("System.Threading", "CancellationToken");

    public static bool IsLimiter(this ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(IsLimiter),
        _ => IsLimiterInterface(type) || type.AllInterfaces.Any(IsLimiterInterface),
    };

    /// <summary>Whether the package that reads requests and answers them is referenced.</summary>
    public static bool HasWebPackage(this Compilation compilation) =>
        compilation.GetTypeByMetadataName("SmartRateLimit.AspNetCore.HttpKeyReader") is not null;

    private static bool IsLimiterInterface(ITypeSymbol type) => type.Is("SmartRateLimit", "IRateLimiter");
}
