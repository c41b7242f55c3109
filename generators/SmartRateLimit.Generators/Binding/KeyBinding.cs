using System.Collections.Immutable;

namespace SmartRateLimit.Binding;

/// <summary>A key: its alternatives, of which the first with a value counts. No alternative means one bucket for all.</summary>
internal sealed class KeyBinding(ImmutableArray<ImmutableArray<KeyPartBinding>> alternatives)
{
    public static readonly KeyBinding Global = new([]);

    public ImmutableArray<ImmutableArray<KeyPartBinding>> Alternatives { get; } = alternatives;

    public bool IsGlobal => Alternatives.IsEmpty;
}

/// <summary>A piece of an alternative: literal text, or a value.</summary>
internal readonly struct KeyPartBinding(string? literal, ValueBinding? value)
{
    public string? Literal { get; } = literal;

    public ValueBinding? Value { get; } = value;
}
