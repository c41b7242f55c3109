using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.CodeFixes;

/// <summary>How the text around a position is laid out.</summary>
internal static class Layout
{
    /// <summary>The white space that the position's line begins with.</summary>
    public static string IndentAt(this SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The line break that ends the position's line.</summary>
    public static string NewLineAt(this SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        var ending = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        return ending.Length > 0 ? ending : "\n";
    }

    /// <summary>Where a node ends, after a comment that follows it on its line.</summary>
    public static int EndOfLineWithin(this SourceText text, SyntaxNode node) =>
        Math.Min(text.Lines.GetLineFromPosition(node.Span.End).End, node.FullSpan.End);
}
