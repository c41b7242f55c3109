using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SmartRateLimit.Compiling;

/// <summary>Runs analyzers over a compilation, as the compiler does.</summary>
public static class AnalyzerRun
{
    /// <summary>What the analyzers report and no <c>#pragma</c> or setting silences, in the order of the text.</summary>
    public static async Task<ImmutableArray<Diagnostic>> ReportsAsync(
        CSharpCompilation compilation, string editorConfig, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], EditorConfigFile.OptionsOf(editorConfig)),
            onAnalyzerException: static (exception, analyzer, _) => throw new AnalyzerFailedException(analyzer, exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync(cancellationToken);
        return
        [
            .. diagnostics
                .Where(diagnostic => !diagnostic.IsSuppressed)
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>What the analyzers report on a project after its generator ran.</summary>
    public static Task<ImmutableArray<Diagnostic>> ReportsAsync(
        CSharpProject project, IIncrementalGenerator generator, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken) =>
        ReportsAsync(GeneratorRun.Of(project, generator).Compilation, project.EditorConfig, analyzers, cancellationToken);
}
