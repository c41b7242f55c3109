using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Compiling;

/// <summary>Compares reported diagnostics with the marks in a text.</summary>
public static class DiagnosticAssert
{
    /// <summary>Asserts that the diagnostics in a file stand exactly on its marks.</summary>
    public static void Match(Markup expected, IEnumerable<Diagnostic> actual)
    {
        var reported = actual.ToImmutableArray();
        Assert.Equal(
            expected.Spans.Select(span => Describe(span.Id ?? IdAt(reported, span), expected.Text, span.Span.Start, span.Span.End)).Order(StringComparer.Ordinal),
            reported.Select(diagnostic => Describe(diagnostic.Id, expected.Text, diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.End)).Order(StringComparer.Ordinal));
    }

    private static string IdAt(ImmutableArray<Diagnostic> reported, MarkedSpan span) =>
        reported.FirstOrDefault(diagnostic => diagnostic.Location.SourceSpan == span.Span)?.Id ?? "?";

    private static string Describe(string id, string text, int start, int end) =>
        $"{id} [{start}..{end}) '{text[start..Math.Min(end, text.Length)]}'";
}
