using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Analyzers;
using SmartRateLimit.Compiling;
using SmartRateLimit.Generators;

namespace SmartRateLimit.Documentation.Tests.Blocks;

/// <summary>
/// A block of C# in a project of its own. Types stand as they are, statements in a method, members in a class; around them
/// stand the types and usings of the page's earlier blocks, and what every page may take for granted.
/// </summary>
internal static class CompiledBlock
{
    // A hint, about which the pages are not.
    private const string SharedLimiterIsUsed = "SRL014";

    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("SmartRateLimit.Documentation", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CompilationUnitSyntax Surroundings = Parse(Resource("Surroundings.cs"));

    /// <summary>What compiler and analyzers have against a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="earlier">The blocks of C# before it on its page.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(CodeBlock block, IReadOnlyList<CodeBlock> earlier, CancellationToken cancellationToken)
    {
        var rendered = Render(block.Text);
        var declared = Names(Parse(rendered)).ToHashSet(StringComparer.Ordinal);
        var files = new List<string> { Resource("Usings.cs"), rendered };
        foreach (var before in earlier.Reverse().Select(other => Parse(Render(other.Text))).Append(Surroundings))
        {
            files.Add(Without(before, declared));
            declared.UnionWith(Names(before));
        }

        var project = CSharpProject.Of([.. files]) with
        {
            Assemblies = [.. References],
            ImplicitUsings = false,
            Output = OutputKind.DynamicallyLinkedLibrary,
        };
        var compilation = GeneratorRun.Of(project, new RateLimitedGenerator()).Compilation;
        var errors = compilation.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var reports = await AnalyzerRun.ReportsAsync(compilation, string.Empty, [.. Analyzers()], cancellationToken);
        return
        [
            .. errors.Concat(reports.Where(report => report.Id != SharedLimiterIsUsed))
                .Where(problem => !IsOfOthers(problem.Location.SourceTree?.FilePath, files.Count))
                .Select(problem => $"{block.Page}:{block.Line}: {problem}"),
        ];
    }

    /// <summary>Whether a problem is one of an earlier block, which has been told of it, or of the surroundings, the last of the files.</summary>
    private static bool IsOfOthers(string? path, int files) =>
        path is not null && Enumerable.Range(2, files - 2).Any(file => path.EndsWith($"Test{file}.cs", StringComparison.Ordinal));

    private static IEnumerable<DiagnosticAnalyzer> Analyzers() => typeof(RateLimitedMethodAnalyzer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);

    /// <summary>The block as a compilation unit.</summary>
    private static string Render(string text)
    {
        var unit = Parse(text);
        if (unit.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return $"partial class Members : Ambient\n{{\n{text}\n}}";
        }

        var statements = unit.Members.OfType<GlobalStatementSyntax>().ToArray();
        return statements.Length == 0 ? text : $$"""
            {{unit.Usings.ToFullString()}}
            partial class Statements : Ambient
            {
                async Task RunAsync()
                {
            {{string.Concat(statements.Select(statement => statement.ToFullString()))}}
                }
            }
            {{string.Concat(unit.Members.Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString()))}}
            """;
    }

    private static IEnumerable<string> Names(CompilationUnitSyntax unit) =>
        unit.Members.OfType<MemberDeclarationSyntax>().Select(Name).OfType<string>();

    /// <summary>The types of a unit but those of some names, and but its statements and members.</summary>
    private static string Without(CompilationUnitSyntax unit, HashSet<string> names) =>
        string.Concat(unit.Usings.Where(directive => directive.GlobalKeyword == default).Select(directive => "global " + directive.ToString() + "\n").Distinct())
        + string.Concat(unit.Members.Where(member => Name(member) is { } name && !names.Contains(name) && name is not ("Statements" or "Members")).Select(member => member.ToFullString()));

    private static string? Name(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };

    private static CompilationUnitSyntax Parse(string text) => CSharpSyntaxTree.ParseText(text, Options).GetCompilationUnitRoot();

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(CompiledBlock).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
