using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.CodeFixes;

/// <summary>Makes edits that were computed apart from each other on one text.</summary>
internal static class TextEdits
{
    /// <summary>Equal edits are made once; of two that overlap, the first in the text wins.</summary>
    public static SourceText Apply(SourceText text, IEnumerable<TextChange> edits)
    {
        var chosen = new List<TextChange>();
        foreach (var edit in edits.Distinct().OrderBy(edit => edit.Span))
        {
            if (chosen.Count == 0 || chosen[chosen.Count - 1].Span.End <= edit.Span.Start)
            {
                chosen.Add(edit);
            }
        }

        return text.WithChanges(chosen);
    }

    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);

    public static TextChange Delete(TextSpan span) => new(span, string.Empty);
}
