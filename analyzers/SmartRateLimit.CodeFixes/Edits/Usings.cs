using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.CodeFixes;

/// <summary>Types that a fix writes, and the <c>using</c> that they need.</summary>
internal static class Usings
{
    /// <summary>A type by its short name, with the missing <c>using</c> among the edits; from <c>global::</c> on where the name means something else.</summary>
    public static string Import(string space, string name, SyntaxNode place, FixSite site, ICollection<TextChange> edits)
    {
        if (!site.Model.LookupNamespacesAndTypes(place.SpanStart, name: name).IsEmpty)
        {
            return Names.Type(space, name, place, site.Model);
        }

        edits.Add(Directive(space, (CompilationUnitSyntax)site.Root, site.Text));
        return name;
    }

    private static TextChange Directive(string space, CompilationUnitSyntax unit, SourceText text)
    {
        var newLine = text.NewLineAt(0);
        var directive = "using " + space + ";" + newLine;
        return unit.Usings.Count > 0
            ? TextEdits.Insert(unit.Usings.Last().FullSpan.End, directive)
            : TextEdits.Insert(EndOfHeader(unit), directive + newLine);
    }

    /// <summary>A comment that an empty line ends is about the file, any other about what follows it.</summary>
    private static int EndOfHeader(CompilationUnitSyntax unit)
    {
        var end = 0;
        var wasEndOfLine = false;
        foreach (var trivia in unit.GetLeadingTrivia())
        {
            var isEndOfLine = trivia.IsKind(SyntaxKind.EndOfLineTrivia);
            end = isEndOfLine && wasEndOfLine ? trivia.Span.End : end;
            wasEndOfLine = isEndOfLine;
        }

        return end;
    }
}
