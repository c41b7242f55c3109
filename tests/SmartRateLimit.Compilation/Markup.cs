using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.Compiling;

/// <summary>
/// A text whose marks say where diagnostics are expected: <c>[|…|]</c> for any id, <c>{|SRL001:…|}</c> for that one.
/// </summary>
public sealed class Markup
{
    private readonly StringBuilder _text = new();
    private readonly Stack<(string? Id, int Start)> _open = new();
    private readonly ImmutableArray<MarkedSpan>.Builder _spans = ImmutableArray.CreateBuilder<MarkedSpan>();

    private Markup(string marked)
    {
        var position = 0;
        while (position < marked.Length)
        {
            position += Read(marked, position);
        }

        Assert.True(_open.Count == 0, "A mark is never closed.");
    }

    /// <summary>The text without its marks.</summary>
    public string Text => _text.ToString();

    public ImmutableArray<MarkedSpan> Spans => [.. _spans.OrderBy(span => span.Span)];

    public static Markup Parse(string marked) => new(marked);

    private int Read(string marked, int position)
    {
        var rest = marked.AsSpan(position);
        if (rest.StartsWith("[|", StringComparison.Ordinal))
        {
            return Open(null, "[|".Length);
        }

        if (rest.StartsWith("{|", StringComparison.Ordinal) && rest.IndexOf(':') is > 2 and var colon)
        {
            return Open(rest[2..colon].ToString(), colon + 1);
        }

        if (rest.StartsWith("|]", StringComparison.Ordinal) || rest.StartsWith("|}", StringComparison.Ordinal))
        {
            var (id, start) = _open.Pop();
            _spans.Add(new MarkedSpan(id, TextSpan.FromBounds(start, _text.Length)));
            return "|]".Length;
        }

        _text.Append(marked[position]);
        return 1;
    }

    private int Open(string? id, int length)
    {
        _open.Push((id, _text.Length));
        return length;
    }
}
