using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>What a named value is for; each use accepts other kinds of values.</summary>
internal enum ValueUse
{
    Key,
    Cost,
    Condition,
    Fallback,
}

/// <summary>A name or path inside an attribute's text, and what it should name.</summary>
internal readonly struct NameUse(StringArgument argument, string path, int position, ValueUse use, INamedTypeSymbol? keyType)
{
    public string Path { get; } = path;

    public ValueUse Use { get; } = use;

    /// <summary>The type whose members come before those of the containing type.</summary>
    public INamedTypeSymbol? KeyType { get; } = keyType;

    public Location Location => LocationOf(0, Path.Length);

    public Location LocationOf(int offset, int length) => argument.LocationOf(position + offset, length);
}
