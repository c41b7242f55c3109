using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>What the binding of any file can see of one file: its declarations, and the names through which it sees others. Read once for each tree.</summary>
internal sealed class FileSurface
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileSurface> Known = new();

    private FileSurface(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var declarations = Declarations.Of(tree.GetRoot(cancellationToken));
        var text = declarations.TextWithoutBodies(tree.GetText(cancellationToken).ToString());
        Fingerprint = Checksum.Of([tree.FilePath, .. Settings((CSharpParseOptions)tree.Options), text]);
        Types = [.. declarations.Types];
        Namespaces = [.. declarations.Namespaces];
        IsGlobal = declarations.AreGlobal;
        IsOpaque = !TryRead(text, out var words);
        words.UnionWith(Types.SelectMany(NamesOfGenerated));
        Words = [.. words];
    }

    /// <summary>Stands for everything that is not inside a body.</summary>
    public string Fingerprint { get; }

    /// <summary>The names of the types that it declares.</summary>
    public string[] Types { get; }

    public string[] Namespaces { get; }

    /// <summary>Every name that occurs outside bodies, and more: words of comments and texts.</summary>
    public string[] Words { get; }

    /// <summary>Whether every other file sees it.</summary>
    public bool IsGlobal { get; }

    /// <summary>Whether names are written in a way that <see cref="Words"/> does not understand.</summary>
    public bool IsOpaque { get; }

    public static FileSurface Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!Known.TryGetValue(tree, out var surface))
        {
            surface = new FileSurface(tree, cancellationToken);
            surface = Known.GetValue(tree, _ => surface);
        }

        return surface;
    }

    private static IEnumerable<string> Settings(CSharpParseOptions options) =>
        options.PreprocessorSymbolNames.Concat(options.Features.Select(feature => feature.Key + "=" + feature.Value)).Append(options.LanguageVersion.ToString());

    private static bool TryRead(string text, out HashSet<string> words)
    {
        words = new HashSet<string>(StringComparer.Ordinal);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && SyntaxFacts.IsIdentifierPartCharacter(text[i]))
            {
                if (text[i] > '\u007f' && CharUnicodeInfo.GetUnicodeCategory(text[i]) == UnicodeCategory.Format)
                {
                    return false;
                }

                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0)
            {
                words.Add(text.Substring(start, i - start));
                start = -1;
            }

            if (i < text.Length - 1 && text[i] == '\\' && text[i + 1] is 'u' or 'U')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the name of a decorator, or of the class with a type's policies, is free depends on types that the file does not mention.</summary>
    private static IEnumerable<string> NamesOfGenerated(string type) =>
        ["I" + type, DecoratorSite.Name(type), DecoratorSite.Name(type).Substring("RateLimited".Length), type + "Limits", DecoratorSite.Name(type) + "Limits", DecoratorSite.Name(type) + "Registration"];
}
