using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.Binding;

/// <summary>Finds the characters of a string literal's source that stand for given characters of its value.</summary>
internal static class StringLiteralMap
{
    /// <returns>A span relative to the token; <see langword="null"/> when the token is no such literal.</returns>
    public static TextSpan? SourceSpan(SyntaxToken token, int position, int length)
    {
        var starts = token.Kind() switch
        {
            SyntaxKind.StringLiteralToken when token.Text.StartsWith("@", StringComparison.Ordinal) => Verbatim(token.Text),
            SyntaxKind.StringLiteralToken => Regular(token.Text),
            SyntaxKind.SingleLineRawStringLiteralToken => Raw(token.Text),
            _ => null,
        };

        // One start for each character of the value, and one for the closing quote.
        if (starts is null || starts.Count != token.ValueText.Length + 1 || position + length >= starts.Count)
        {
            return null;
        }

        // What is missing at the end is shown on the closing quote.
        return length == 0
            ? new TextSpan(starts[position], 1)
            : TextSpan.FromBounds(starts[position], starts[position + length]);
    }

    private static List<int> Regular(string text)
    {
        var starts = new List<int>();
        var index = 1;
        while (index < text.Length - 1)
        {
            starts.Add(index);
            if (text[index] != '\\')
            {
                index++;
                continue;
            }

            switch (text[index + 1])
            {
                case 'u':
                    index += 6;
                    break;
                case 'U':
                    if (string.CompareOrdinal(text, index + 2, "0000", 0, 4) != 0)
                    {
                        starts.Add(index);
                    }

                    index += 10;
                    break;
                case 'x':
                    var end = index + 2;
                    while (end < index + 6 && Uri.IsHexDigit(text[end]))
                    {
                        end++;
                    }

                    index = end;
                    break;
                default:
                    index += 2;
                    break;
            }
        }

        starts.Add(index);
        return starts;
    }

    private static List<int> Verbatim(string text)
    {
        var starts = new List<int>();
        var index = 2;
        while (index < text.Length - 1)
        {
            starts.Add(index);
            index += text[index] == '"' ? 2 : 1;
        }

        starts.Add(index);
        return starts;
    }

    private static List<int> Raw(string text)
    {
        var quotes = text.Length - text.TrimStart('"').Length;
        return [.. Enumerable.Range(quotes, Math.Max(0, text.Length - (2 * quotes)) + 1)];
    }
}
