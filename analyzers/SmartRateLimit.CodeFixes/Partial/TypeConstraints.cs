using Microsoft.CodeAnalysis;

namespace SmartRateLimit.CodeFixes;

/// <summary>Writes out the constraints of a generic method that does not write them itself.</summary>
internal static class TypeConstraints
{
    private const string Where = " where ";

    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints);

    public static string Of(IMethodSymbol method)
    {
        var text = method.ToDisplayString(Format);
        var start = text.IndexOf(Where, StringComparison.Ordinal);
        return start < 0 ? string.Empty : text.Substring(start);
    }
}
