namespace SmartRateLimit.Keys;

/// <summary>What one hole of a key template names.</summary>
internal enum KeyHoleKind
{
    /// <summary>A parameter or member, perhaps followed by members of it: <c>tenant</c>, <c>order.Region</c>.</summary>
    Path,

    /// <summary>A built-in source: <c>http:ip</c>, <c>header:X-Api-Key</c>.</summary>
    Source,
}

/// <summary>A piece of an alternative: literal text, or a hole that a value fills.</summary>
internal readonly struct KeySegment
{
    private KeySegment(string text, int position, bool isHole, KeyHoleKind kind)
    {
        Text = text;
        Position = position;
        IsHole = isHole;
        Kind = kind;
    }

    /// <summary>The literal with its escapes undone, or the name in the hole without braces or surrounding spaces.</summary>
    public string Text { get; }

    /// <summary>Index of the segment's text in the attribute's string.</summary>
    public int Position { get; }

    public bool IsHole { get; }

    /// <summary>What the hole names; meaningless for a literal.</summary>
    public KeyHoleKind Kind { get; }

    public static KeySegment Literal(string text, int position) => new(text, position, false, default);

    public static KeySegment Hole(string text, int position, KeyHoleKind kind) => new(text, position, true, kind);
}

/// <summary>
/// A parsed key: one or more alternatives, of which the first that gives a non-empty value is the key.
/// </summary>
internal sealed class KeyTemplate(bool isGlobal, List<List<KeySegment>> alternatives)
{
    /// <summary>The key counts everybody together.</summary>
    public bool IsGlobal { get; } = isGlobal;

    /// <summary>The alternatives in the order written; each has at least one hole. Empty for a global key.</summary>
    public IReadOnlyList<IReadOnlyList<KeySegment>> Alternatives { get; } = alternatives;
}

/// <summary>What is wrong with a key text and where.</summary>
internal readonly struct KeySyntaxError(int position, int length, string message)
{
    public int Position { get; } = position;

    public int Length { get; } = length;

    public string Message { get; } = message;
}
