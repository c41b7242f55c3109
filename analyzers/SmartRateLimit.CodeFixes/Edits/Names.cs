using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.CodeFixes;

/// <summary>Names as a fix writes them.</summary>
internal static class Names
{
    /// <summary>A type by its short name where that means the same at the place, or else from <c>global::</c> on.</summary>
    public static string Type(string space, string name, SyntaxNode place, SemanticModel model) =>
        model.LookupNamespacesAndTypes(place.SpanStart, name: name).Any(symbol => symbol.ContainingNamespace?.ToDisplayString() == space)
            ? name
            : "global::" + (space.Length == 0 ? string.Empty : space + ".") + name;

    /// <summary>The name at the end of an expression that calls or refers to a method.</summary>
    public static SimpleNameSyntax? OfMethod(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax invocation => OfMethod(invocation.Expression),
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    public static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
