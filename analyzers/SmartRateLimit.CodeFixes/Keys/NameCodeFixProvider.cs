using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL002: takes the name that was probably meant, or creates the function.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NameCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.UnknownName];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken)
    {
        if (!IsInsideLiteral(site))
        {
            yield break;
        }

        var properties = site.Diagnostic.Properties;
        if (properties.TryGetValue(ProblemProperty.Suggestion, out var name) && name is not null)
        {
            yield return new FixOffer($"Change to '{name}'", "suggestion", [new TextChange(site.Diagnostic.Location.SourceSpan, name)]);
        }

        var written = site.Text.ToString(site.Diagnostic.Location.SourceSpan);
        if (properties.TryGetValue(ProblemProperty.Use, out var use) && use is not null && FunctionCreation.Of(written, use, site, cancellationToken) is { } function)
        {
            yield return function;
        }
    }

    /// <summary>A diagnostic on a whole expression (a constant, a concatenation) cannot be edited letter by letter.</summary>
    private static bool IsInsideLiteral(FixSite site)
    {
        var span = site.Diagnostic.Location.SourceSpan;
        var token = site.Root.FindToken(span.Start);
        return token.Value is string && token.SpanStart < span.Start && span.End < token.Span.End;
    }
}
