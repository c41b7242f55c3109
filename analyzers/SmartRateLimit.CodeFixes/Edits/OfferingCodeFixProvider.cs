using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SmartRateLimit.CodeFixes;

/// <summary>A code fix made of text edits, so that what it does not change stays as it was typed.</summary>
public abstract class OfferingCodeFixProvider : CodeFixProvider
{
    private protected OfferingCodeFixProvider()
    {
    }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new OfferFixAllProvider(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await FixSite.OfAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } site)
            {
                continue;
            }

            foreach (var offer in Offers(site, context.CancellationToken))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(offer.Title, _ => Task.FromResult(context.Document.WithText(TextEdits.Apply(site.Text, offer.Edits))), offer.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>Every way to fix a diagnostic, the best first.</summary>
    internal abstract IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken);
}
