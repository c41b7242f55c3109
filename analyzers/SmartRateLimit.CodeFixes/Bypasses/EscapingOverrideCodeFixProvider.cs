using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL021: overrides the body of a limited method in place of the method.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class EscapingOverrideCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.EscapingOverride];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken)
    {
        var properties = site.Diagnostic.Properties;
        if (properties.TryGetValue(ProblemProperty.Name, out var core) && core is not null
            && properties.TryGetValue(ProblemProperty.Accessibility, out var accessibility) && accessibility is not null
            && site.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration
            && site.Model.GetDeclaredSymbol(declaration, cancellationToken) is IMethodSymbol method
            && !method.ContainingType.GetMembers(core).OfType<IMethodSymbol>().Any(other => Signatures.AreEqual(other, method)))
        {
            yield return new FixOffer($"Override '{core}' instead", "core", [.. Edits(declaration, core, accessibility)]);
        }
    }

    private static IEnumerable<TextChange> Edits(MethodDeclarationSyntax declaration, string core, string accessibility)
    {
        var written = declaration.Modifiers.Where(PartialRewrite.IsAccessibility).ToList();
        yield return written.Count > 0
            ? new TextChange(TextSpan.FromBounds(written[0].SpanStart, written[written.Count - 1].Span.End), accessibility)
            : TextEdits.Insert(declaration.Modifiers[0].SpanStart, accessibility + " ");
        yield return new TextChange(declaration.Identifier.Span, core);
    }
}
