using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.CodeFixes;

/// <summary>Attributes that the compiler reads while it checks a method's body: nullable contracts and the enumerator's token.</summary>
internal static class BodyAttributes
{
    public static bool IsRead(AttributeListSyntax list, SemanticModel model) => list.Attributes.All(attribute => IsRead(attribute, model));

    private static bool IsRead(AttributeSyntax attribute, SemanticModel model) =>
        model.GetTypeInfo(attribute).Type is { } type
        && (type.Name == "EnumeratorCancellationAttribute" || type.ContainingNamespace.ToDisplayString() == "System.Diagnostics.CodeAnalysis");
}
