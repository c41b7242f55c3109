using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Analyzers;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL001: writes the nearest valid rate.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RateCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.InvalidRate];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken)
    {
        var literal = site.Root.FindToken(site.Diagnostic.Location.SourceSpan.Start);
        if (literal.Value is string text && RateSuggestion.For(text) is { } rate)
        {
            yield return new FixOffer($"Write \"{rate}\"", "nearest", [new TextChange(literal.Span, SymbolDisplay.FormatLiteral(rate, quote: true))]);
        }
    }
}
