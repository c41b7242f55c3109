using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace SmartRateLimit.Compiling;

/// <summary>A file of a project in memory.</summary>
/// <param name="Path">Its path below the project's root.</param>
/// <param name="Text">Its text.</param>
public sealed record SourceFile(string Path, string Text)
{
    /// <summary>The path as compilers and <c>.editorconfig</c> see it.</summary>
    public string FullPath => EditorConfigFile.Root + Path;

    public SourceText Content => SourceText.From(Text, Encoding.UTF8);
}
