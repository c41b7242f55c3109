using Microsoft.CodeAnalysis;

namespace SmartRateLimit.CodeFixes;

/// <summary>Compares what the compiler tells overloads apart by.</summary>
internal static class Signatures
{
    public static bool AreEqual(IMethodSymbol first, IMethodSymbol second) =>
        first.Arity == second.Arity
        && first.Parameters.Length == second.Parameters.Length
        && first.Parameters.Zip(second.Parameters, AreEqual).All(equal => equal);

    private static bool AreEqual(IParameterSymbol first, IParameterSymbol second) =>
        first.RefKind == second.RefKind
        && (SymbolEqualityComparer.Default.Equals(first.Type, second.Type) || TypeText(first) == TypeText(second));

    /// <summary>The type parameters of two methods are different symbols of one name.</summary>
    private static string TypeText(IParameterSymbol parameter) => parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
