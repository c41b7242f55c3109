using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.CodeFixes;

/// <summary>The edits that split a method into a declaration and its body.</summary>
internal static class PartialRewrite
{
    public static bool HasBody(MethodDeclarationSyntax method) => method.Body is not null || method.ExpressionBody is not null;

    /// <summary>Adds <c>partial</c>, and an accessibility where none is written; takes <c>async</c> away.</summary>
    public static IEnumerable<TextChange> Head(MethodDeclarationSyntax method)
    {
        if (!method.Modifiers.Any(IsAccessibility))
        {
            yield return TextEdits.Insert(FirstModifierOrType(method), "private ");
        }

        foreach (var modifier in method.Modifiers.Where(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)))
        {
            yield return TextEdits.Delete(TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart));
        }

        if (!method.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return TextEdits.Insert(method.ReturnType.SpanStart, "partial ");
        }
    }

    /// <summary>Ends the declaration and gives what follows it to the body's own method.</summary>
    public static IEnumerable<TextChange> Body(MethodDeclarationSyntax method, CoreMethod core, FixSite site)
    {
        foreach (var list in method.ParameterList.Parameters.SelectMany(parameter => parameter.AttributeLists).Where(list => BodyAttributes.BelongToBody(list, site.Model)))
        {
            yield return TextEdits.Delete(TextSpan.FromBounds(list.SpanStart, list.GetLastToken().GetNextToken().SpanStart));
        }

        var indent = site.Text.IndentAt(method.SpanStart);
        var newLine = site.Text.NewLineAt(method.SpanStart);
        var lines = core.Attributes.Append(core.Declaration).Select(line => newLine + indent + line);
        yield return TextEdits.Insert(EndOfSignature(method), ";" + newLine + string.Concat(lines));
    }

    /// <summary>Makes the body's own method of a part that was implemented by hand.</summary>
    public static TextChange Rename(MethodDeclarationSyntax implementation, CoreMethod core) =>
        new(TextSpan.FromBounds(FirstModifierOrType(implementation), EndOfSignature(implementation)), core.Declaration);

    private static int EndOfSignature(MethodDeclarationSyntax method) =>
        method.ConstraintClauses.Count > 0 ? method.ConstraintClauses.Last().Span.End : method.ParameterList.Span.End;

    private static int FirstModifierOrType(MethodDeclarationSyntax method) =>
        method.Modifiers.Count > 0 ? method.Modifiers[0].SpanStart : method.ReturnType.SpanStart;

    public static bool IsAccessibility(SyntaxToken modifier) => modifier.Kind()
        is SyntaxKind.PublicKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword;
}
