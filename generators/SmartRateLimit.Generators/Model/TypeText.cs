using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Generators.Model;

/// <summary>Types as generated code writes them: from <c>global::</c> on, with nullable annotations.</summary>
internal static class TypeText
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat NamespaceFormat = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static string Of(ITypeSymbol type) => type.ToDisplayString(Format);

    public static string Of(INamespaceSymbol space) => space.ToDisplayString(NamespaceFormat);
}
