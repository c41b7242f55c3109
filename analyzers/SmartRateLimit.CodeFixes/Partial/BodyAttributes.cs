using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.CodeFixes;

/// <summary>Attributes that the compiler reads while it checks a method's body: nullable contracts and the enumerator's token.</summary>
internal static class BodyAttributes
{
    /// <summary>Whether the body needs the attributes, too.</summary>
    public static bool AreRead(AttributeListSyntax list, SemanticModel model) => list.Attributes.All(attribute =>
        IsEnumeratorCancellation(attribute, model) || TypeOf(attribute, model)?.ContainingNamespace.ToDisplayString() == "System.Diagnostics.CodeAnalysis");

    /// <summary>Whether the attributes mean something on the body only, so that elsewhere they draw a warning.</summary>
    public static bool BelongToBody(AttributeListSyntax list, SemanticModel model) =>
        list.Attributes.All(attribute => IsEnumeratorCancellation(attribute, model));

    private static bool IsEnumeratorCancellation(AttributeSyntax attribute, SemanticModel model) =>
        TypeOf(attribute, model)?.Name == "EnumeratorCancellationAttribute";

    private static ITypeSymbol? TypeOf(AttributeSyntax attribute, SemanticModel model) => model.GetTypeInfo(attribute).Type;
}
