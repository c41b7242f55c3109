using System.Collections.Immutable;

namespace SmartRateLimit.Binding;

/// <summary>A key: its alternatives, of which the first with a value counts. No alternative means one bucket for all.</summary>
internal sealed class KeyBinding(ImmutableArray<ImmutableArray<KeyPartBinding>> alternatives)
{
    public static readonly KeyBinding Global = new([]);

    public ImmutableArray<ImmutableArray<KeyPartBinding>> Alternatives { get; } = alternatives;

    public bool IsGlobal => Alternatives.IsEmpty;
}

/// <summary>A piece of an alternative: literal text, a value, or a source of the request.</summary>
internal readonly struct KeyPartBinding
{
    public KeyPartBinding(string? literal, ValueBinding? value)
    {
        Literal = literal;
        Value = value;
    }

    public KeyPartBinding(string source) => Source = source;

    public string? Literal { get; }

    public ValueBinding? Value { get; }

    /// <summary>A built-in source such as <c>http:ip</c>.</summary>
    public string? Source { get; }
}
