using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL020: calls the limited method in place of its body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class CoreCallCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.CoreCall];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken)
    {
        if (site.Node.FirstAncestorOrSelf<SimpleNameSyntax>() is { } name
            && site.Diagnostic.Properties.TryGetValue(ProblemProperty.Name, out var limited) && limited is not null)
        {
            yield return new FixOffer($"Call '{limited}'", "limited", [new TextChange(name.Identifier.Span, Names.Escaped(limited))]);
        }
    }
}
