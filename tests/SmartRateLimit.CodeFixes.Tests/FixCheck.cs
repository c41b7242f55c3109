using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Analyzers;
using SmartRateLimit.Compiling;
using SmartRateLimit.Generators;

namespace SmartRateLimit.CodeFixes.Tests;

/// <summary>Applies a fix, compares the text exactly, and compiles it with the generator.</summary>
internal sealed class FixCheck(CodeFixProvider fix)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(RateLimitedMethodAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private readonly CodeFixRun _run = new(Analyzers, fix, new RateLimitedGenerator());

    /// <summary>Asserts what one fix makes of a text, and that the result compiles without any complaint.</summary>
    public Task Makes(string before, string after, string? choice = null) => Makes(CSharpProject.Of(before), after, choice);

    /// <summary>Asserts what one fix makes of a project's first file, and that the result compiles without any complaint.</summary>
    public async Task Makes(CSharpProject before, string after, string? choice = null)
    {
        var result = await _run.ApplyAsync(before, choice, TestContext.Current.CancellationToken);
        Assert.Equal(after, result.Files[0].Text);
        await IsLimited(result);
    }

    /// <summary>Asserts what "fix all" makes of a text, and that the result compiles without any complaint.</summary>
    public Task MakesAll(string before, string after, string? choice = null) => MakesAll(CSharpProject.Of(before), after, choice);

    /// <summary>Asserts what "fix all" makes of a project's first file, and that the result compiles without any complaint.</summary>
    public async Task MakesAll(CSharpProject before, string after, string? choice = null)
    {
        var result = await _run.ApplyAllAsync(before, choice, TestContext.Current.CancellationToken);
        Assert.Equal(after, result.Files[0].Text);
        await IsLimited(result);
    }

    /// <summary>Applies a fix whose result needs another fix before it compiles.</summary>
    public async Task<string> TextAfter(CSharpProject before, string? choice = null) =>
        (await _run.ApplyAsync(before, choice, TestContext.Current.CancellationToken)).Files[0].Text;

    public Task<ImmutableArray<string>> Titles(CSharpProject project) => _run.TitlesAsync(project, TestContext.Current.CancellationToken);

    public Task<ImmutableArray<string>> Titles(string text) => Titles(CSharpProject.Of(text));

    private static async Task IsLimited(CSharpProject project)
    {
        var generated = GeneratorRun.Of(project, new RateLimitedGenerator()).AssertClean();
        var reported = await AnalyzerRun.ReportsAsync(generated.Compilation, project.EditorConfig, Analyzers, TestContext.Current.CancellationToken);
        Assert.Empty(reported.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }
}
