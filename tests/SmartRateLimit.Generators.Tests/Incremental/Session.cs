using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests.Incremental;

/// <summary>Somebody who edits a project, with one generator driver that runs after each edit.</summary>
internal sealed class Session
{
    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    public Session(CSharpProject project)
    {
        Project = project;
        _compilation = project.Compile();
        _driver = NewDriver().RunGenerators(_compilation, TestContext.Current.CancellationToken);
    }

    /// <summary>The project as it is now.</summary>
    public CSharpProject Project { get; private set; }

    /// <summary>What the driver has written, by the names of the files.</summary>
    public SortedDictionary<string, string> Written => Sources(_driver);

    /// <summary>What a driver writes that has never seen the project, nor any of its trees.</summary>
    public SortedDictionary<string, string> WrittenAnew => Sources(NewDriver().RunGenerators(Project.Compile(), TestContext.Current.CancellationToken));

    public void Edit(string path, string text)
    {
        var index = Project.Files.IndexOf(Project.Files.Single(file => file.Path == path));
        Project = Project with { Files = Project.Files.SetItem(index, Project.Files[index] with { Text = text }) };
        var file = Project.Files[index];
        var tree = _compilation.SyntaxTrees.Single(tree => tree.FilePath == file.FullPath);
        Run(_compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(file.Content)));
    }

    public void Add(string path, string text)
    {
        var file = new SourceFile(path, text);
        Project = Project with { Files = Project.Files.Insert(0, file) };
        var trees = _compilation.SyntaxTrees;
        Run(_compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees.Insert(0, CSharpSyntaxTree.ParseText(file.Content, Project.ParseOptions, file.FullPath))));
    }

    public void Remove(string path)
    {
        var file = Project.Files.Single(file => file.Path == path);
        Project = Project with { Files = Project.Files.Remove(file) };
        Run(_compilation.RemoveSyntaxTrees(_compilation.SyntaxTrees.Single(tree => tree.FilePath == file.FullPath)));
    }

    private void Run(CSharpCompilation compilation)
    {
        _compilation = compilation;
        _driver = _driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
    }

    private CSharpGeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new RateLimitedGenerator().AsSourceGenerator()], parseOptions: Project.ParseOptions);

    private static SortedDictionary<string, string> Sources(GeneratorDriver driver)
    {
        var result = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(result.Exception);
        return new(result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()), StringComparer.Ordinal);
    }
}
