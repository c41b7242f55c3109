using System.Text;

namespace SmartRateLimit.Generators.Emission;

/// <summary>Writes indented lines that end in <c>\n</c> on every machine.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', 4 * _depth).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>Writes a head and an opening brace; the closing one when the block is disposed.</summary>
    public Block Braces(string? head = null, string end = "}")
    {
        if (head is not null)
        {
            Line(head);
        }

        Line("{");
        _depth++;
        return new Block(this, end);
    }

    /// <summary>Writes lines one step deeper, without braces.</summary>
    public Block Indented()
    {
        _depth++;
        return new Block(this, null);
    }

    public override string ToString() => _text.ToString();

    public readonly struct Block(CodeWriter? writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            if (writer is null)
            {
                return;
            }

            writer._depth--;
            if (end is not null)
            {
                writer.Line(end);
            }
        }
    }
}
