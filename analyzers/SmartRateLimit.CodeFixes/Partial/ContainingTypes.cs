using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.CodeFixes;

/// <summary>Makes the types around a member partial.</summary>
internal static class ContainingTypes
{
    public static IEnumerable<TextChange> MakePartial(SyntaxNode member) => member
        .AncestorsAndSelf()
        .OfType<TypeDeclarationSyntax>()
        .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
        .Select(type => TextEdits.Insert(type.Keyword.SpanStart, "partial "));
}
