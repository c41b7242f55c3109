using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL012: makes the types around a method partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class PartialTypeCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.TypeNotPartial];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken)
    {
        ImmutableArray<Microsoft.CodeAnalysis.Text.TextChange> edits = [.. ContainingTypes.MakePartial(site.Node)];
        if (!edits.IsEmpty)
        {
            yield return new FixOffer("Make the containing types partial", "partial", edits);
        }
    }
}
