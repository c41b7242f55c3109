using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Architecture.Tests;

/// <summary>Which folders of a project's source name types that are declared in which other folders, as the compiler binds them.</summary>
internal sealed class FolderDependencies
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private readonly string _project;
    private readonly CSharpCompilation _compilation;

    public FolderDependencies(string project)
    {
        _project = Path.Combine(Repository.Root, project);
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        _compilation = CSharpCompilation.Create(
            "Source",
            Repository.SourceFiles(project)
                .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))
                .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options)),
            platform.Where(file => Path.GetFileName(file) != "SmartRateLimit.dll").Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>Errors of the compilation: with any, the dependencies below would be incomplete.</summary>
    /// <remarks>No generator runs here, so the bodies of logger messages are missing (CS8795), which names nothing.</remarks>
    public IEnumerable<string> Errors() => _compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS8795")
        .Select(diagnostic => diagnostic.ToString());

    /// <summary>Each "file names type of folder" that leaves its own folder.</summary>
    public IEnumerable<(string From, string To, string Detail)> All() => _compilation.SyntaxTrees
        .Where(tree => tree.FilePath.Length > 0)
        .SelectMany(Of)
        .Distinct();

    /// <summary>Namespaces outside the project that a folder's files name.</summary>
    public IEnumerable<(string From, string Namespace, string File)> External() =>
        from tree in _compilation.SyntaxTrees
        where tree.FilePath.Length > 0
        from type in NamedTypes(tree)
        where type.DeclaringSyntaxReferences.IsEmpty && type.ContainingNamespace is not null
        select (Folder(tree.FilePath), type.ContainingNamespace.ToDisplayString(), Path.GetFileName(tree.FilePath));

    private IEnumerable<(string From, string To, string Detail)> Of(SyntaxTree tree) =>
        from type in NamedTypes(tree)
        from declaration in type.DeclaringSyntaxReferences
        let user = Folder(tree.FilePath)
        let used = Folder(declaration.SyntaxTree.FilePath)
        where user != used
        select (user, used, $"{Path.GetFileName(tree.FilePath)} names {type.Name}");

    private IEnumerable<INamedTypeSymbol> NamedTypes(SyntaxTree tree)
    {
        var model = _compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes()
            .OfType<SimpleNameSyntax>()
            .Select(name => model.GetSymbolInfo(name).Symbol)
            .Select(symbol => symbol as INamedTypeSymbol ?? symbol?.ContainingType)
            .OfType<INamedTypeSymbol>()
            .Select(type => type.OriginalDefinition);
    }

    private string Folder(string file) => Path.GetRelativePath(_project, Path.GetDirectoryName(file)!).Replace('\\', '/');
}
