using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Generators.Model;

/// <summary>Names as C# needs them written.</summary>
internal static class Identifier
{
    /// <summary>Contextual keywords that some place in generated code would read as such.</summary>
    private static readonly HashSet<string> Contextual =
        ["await", "dynamic", "field", "file", "global", "nameof", "notnull", "partial", "record", "required", "scoped", "unmanaged", "var", "when", "where", "yield"];

    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || Contextual.Contains(name) ? "@" + name : name;
}
