using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>A diagnostic and the document around it.</summary>
internal sealed class FixSite
{
    private FixSite(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, SourceText text)
    {
        Diagnostic = diagnostic;
        Root = root;
        Model = model;
        Text = text;
    }

    public Diagnostic Diagnostic { get; }

    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    public SourceText Text { get; }

    /// <summary>The smallest node around the diagnostic.</summary>
    public SyntaxNode Node => Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>Which of its causes an id was reported for.</summary>
    public string? Cause => Diagnostic.Properties.TryGetValue(ProblemProperty.Cause, out var cause) ? cause : null;

    public static async Task<FixSite?> OfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return root is not null && model is not null && root.FullSpan.Contains(diagnostic.Location.SourceSpan)
            ? new FixSite(diagnostic, root, model, text)
            : null;
    }
}
