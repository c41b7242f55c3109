using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Generators.Model;

/// <summary>The fields of a decorator, and how its methods reach through them.</summary>
/// <param name="face">The interface that is decorated.</param>
internal sealed class Wrapped(INamedTypeSymbol face)
{
    public const string InnerField = "_inner";
    public const string LimiterField = "_limiter";

    public static string Limiter(IMethodSymbol method) => Field(LimiterField, method);

    /// <summary>What is wrapped, seen as the interface that declares a member.</summary>
    /// <param name="owner">The interface that declares it.</param>
    /// <param name="user">The method or indexer that reads it.</param>
    public string As(INamedTypeSymbol owner, ISymbol user)
    {
        var field = Field(InnerField, user);
        return SymbolEqualityComparer.Default.Equals(owner, face) ? field : "((" + TypeText.Of(owner) + ")" + field + ")";
    }

    public string Member(ISymbol member, ISymbol user) => As(member.ContainingType, user) + "." + Identifier.Escape(member.Name);

    private static string Field(string name, ISymbol user) => Names(user).Contains(name) ? "this." + name : name;

    private static IEnumerable<string> Names(ISymbol user) => user switch
    {
        IMethodSymbol method => method.Parameters.Select(parameter => parameter.Name).Concat(method.TypeParameters.Select(parameter => parameter.Name)),
        IPropertySymbol property => property.Parameters.Select(parameter => parameter.Name),
        _ => [],
    };
}
