using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.CodeFixes;

/// <summary>Applies the chosen offer of every diagnostic in a document at once: edits that two of them share are made once.</summary>
internal sealed class OfferFixAllProvider(OfferingCodeFixProvider provider) : DocumentBasedFixAllProvider
{
    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var edits = new List<TextChange>();
        var created = new HashSet<string>();
        foreach (var diagnostic in diagnostics)
        {
            if (await FixSite.OfAsync(document, diagnostic, fixAllContext.CancellationToken).ConfigureAwait(false) is { } site
                && provider.Offers(site, fixAllContext.CancellationToken).FirstOrDefault(offer => offer.Key == fixAllContext.CodeActionEquivalenceKey) is { } chosen
                && (chosen.Creates is null || created.Add(chosen.Creates)))
            {
                edits.AddRange(chosen.Edits);
            }
        }

        return document.WithText(TextEdits.Apply(await document.GetTextAsync(fixAllContext.CancellationToken).ConfigureAwait(false), edits));
    }
}
