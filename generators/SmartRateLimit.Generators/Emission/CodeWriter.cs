using System.Text;

namespace SmartRateLimit.Generators.Emission;

/// <summary>Writes indented lines that end in <c>\n</c> on every machine, and sets off what follows a block by an empty line.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isSeparate;

    public void Line(string line)
    {
        if (_isSeparate)
        {
            _text.Append('\n');
        }

        Append(line);
    }

    /// <summary>Sets off the next line by an empty one.</summary>
    public void Separate() => _isSeparate = true;

    /// <summary>Writes a head and an opening brace; the end when the block is disposed.</summary>
    public Block Braces(string head, string end = "}")
    {
        Line(head);
        return Braces(end);
    }

    /// <summary>Writes a head that goes on from the block before it: <c>catch</c>.</summary>
    public Block ContinuedBraces(string head)
    {
        Append(head);
        return Braces("}");
    }

    /// <summary>Writes the lines of a head, the further ones one step deeper, and an opening brace.</summary>
    public Block Braces(string head, IEnumerable<string> further)
    {
        Line(head);
        using (Indented())
        {
            foreach (var line in further)
            {
                Line(line);
            }
        }

        return Braces("}");
    }

    /// <summary>Writes lines one step deeper, without braces.</summary>
    public Block Indented()
    {
        _depth++;
        return new Block(this, null);
    }

    public override string ToString() => _text.ToString();

    private Block Braces(string end)
    {
        Append("{");
        _depth++;
        return new Block(this, end);
    }

    private void Append(string line)
    {
        _text.Append(' ', 4 * _depth).Append(line).Append('\n');
        _isSeparate = false;
    }

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
                writer.Append(end);
                writer._isSeparate = true;
            }
        }
    }
}
