using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.CodeFixes;

/// <summary>One way to fix one diagnostic.</summary>
/// <param name="title">What the developer reads.</param>
/// <param name="key">What the same choice at another diagnostic has in common, for "fix all".</param>
/// <param name="edits">The edits of the document.</param>
internal sealed class FixOffer(string title, string key, ImmutableArray<TextChange> edits)
{
    public string Title { get; } = title;

    public string Key { get; } = key;

    public ImmutableArray<TextChange> Edits { get; } = edits;

    /// <summary>What the offer declares, which "fix all" must do once; <see langword="null"/> for nothing.</summary>
    public string? Creates { get; set; }
}
