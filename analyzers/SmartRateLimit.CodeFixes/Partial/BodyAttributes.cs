using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.CodeFixes;

/// <summary>
/// Attributes that are about a method's body, so that the body needs them too: nullable contracts, suppressions,
/// trimming, the enumerator's token.
/// </summary>
internal static class BodyAttributes
{
    /// <summary>The lists with only what the body needs; none where it needs nothing.</summary>
    public static IEnumerable<AttributeListSyntax> Of(SyntaxList<AttributeListSyntax> lists, SemanticModel model) => lists
        .Select(list => list.WithAttributes(SyntaxFactory.SeparatedList(list.Attributes.Where(attribute => IsAboutBody(attribute, model)))))
        .Where(list => list.Attributes.Count > 0);

    /// <summary>Whether the attributes mean something on the body only, and elsewhere draw a warning.</summary>
    public static bool BelongToBody(AttributeListSyntax list, SemanticModel model) =>
        list.Attributes.All(attribute => IsEnumeratorCancellation(attribute, model));

    private static bool IsAboutBody(AttributeSyntax attribute, SemanticModel model) =>
        IsEnumeratorCancellation(attribute, model)
        || TypeOf(attribute, model)?.ContainingNamespace.ToDisplayString() == "System.Diagnostics.CodeAnalysis";

    private static bool IsEnumeratorCancellation(AttributeSyntax attribute, SemanticModel model) =>
        TypeOf(attribute, model)?.Name == "EnumeratorCancellationAttribute";

    private static ITypeSymbol? TypeOf(AttributeSyntax attribute, SemanticModel model) => model.GetTypeInfo(attribute).Type;
}
