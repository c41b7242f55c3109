using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.CodeFixes;

/// <summary>Hides a body that callers could reach past the limit.</summary>
internal static class CoreHiding
{
    /// <summary>The edits, or none where the body lies in another document or cannot be hidden as it is.</summary>
    public static IEnumerable<TextChange> Edits(IMethodSymbol method, string coreName, FixSite site)
    {
        var core = method.ContainingType.GetMembers(coreName).OfType<IMethodSymbol>().FirstOrDefault(candidate => Signatures.AreEqual(candidate, method));
        var visibility = method.IsVirtual || method.IsOverride ? "protected" : "private";
        var staysVirtual = core is { IsVirtual: true } or { IsOverride: true };
        return core?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax declaration
            && declaration.SyntaxTree == site.Root.SyntaxTree
            && (visibility == "protected" || !staysVirtual)
            ? Replace(declaration, visibility)
            : [];
    }

    private static IEnumerable<TextChange> Replace(MethodDeclarationSyntax declaration, string visibility)
    {
        var written = declaration.Modifiers.Where(PartialRewrite.IsAccessibility).ToList();
        if (written.Count > 0)
        {
            yield return new TextChange(written[0].Span, visibility);
        }

        foreach (var further in written.Skip(1))
        {
            yield return TextEdits.Delete(TextSpan.FromBounds(further.SpanStart, further.GetNextToken().SpanStart));
        }
    }
}
