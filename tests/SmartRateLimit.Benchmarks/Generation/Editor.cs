using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Compiling;
using SmartRateLimit.Generators;

namespace SmartRateLimit.Benchmarks.Generation;

/// <summary>Somebody who edits one file of a project, again and again, with the generator running after each edit.</summary>
internal sealed class Editor
{
    private readonly string _file;
    private readonly string _original;
    private readonly string _replaced;
    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;
    private int _edits;

    public Editor(CSharpProject project, string file, string replaced)
    {
        (_file, _replaced) = (file, replaced);
        _compilation = project.Compile();
        _original = Tree().ToString();
        _driver = NewDriver(project).RunGenerators(_compilation);
    }

    public static GeneratorDriver NewDriver(CSharpProject project) =>
        CSharpGeneratorDriver.Create([new RateLimitedGenerator().AsSourceGenerator()], parseOptions: project.ParseOptions);

    /// <returns>The milliseconds that the generator takes after one more edit.</returns>
    public double Edit(string by)
    {
        var tree = Tree();
        var edited = tree.WithChangedText(SourceText.From(_original.Replace(_replaced, by + ++_edits, StringComparison.Ordinal), System.Text.Encoding.UTF8));
        _compilation = _compilation.ReplaceSyntaxTree(tree, edited);
        var began = Stopwatch.GetTimestamp();
        _driver = _driver.RunGenerators(_compilation);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private SyntaxTree Tree() => _compilation.SyntaxTrees.Single(tree => Path.GetFileName(tree.FilePath) == _file);
}
