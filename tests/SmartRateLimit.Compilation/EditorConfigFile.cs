using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SmartRateLimit.Compiling;

/// <summary>Reads an <c>.editorconfig</c> the way the compiler does.</summary>
internal static class EditorConfigFile
{
    public const string Root = "/project/";

    public static AnalyzerConfigSet Parse(string text) =>
        AnalyzerConfigSet.Create(ImmutableArray.Create(AnalyzerConfig.Parse(text, Root + ".editorconfig")));

    public static SyntaxTreeOptionsProvider SeveritiesOf(string text) => new Severities(Parse(text));

    public static AnalyzerConfigOptionsProvider OptionsOf(string text) => new OptionsProvider(Parse(text));

    private sealed class Severities(AnalyzerConfigSet config) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            config.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            config.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }

    private sealed class OptionsProvider(AnalyzerConfigSet config) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(config.GlobalConfigOptions);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options(config.GetOptionsForSourcePath(tree.FilePath));

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(config.GetOptionsForSourcePath(textFile.Path));
    }

    private sealed class Options(AnalyzerConfigOptionsResult result) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            result.AnalyzerOptions.TryGetValue(key, out value);
    }
}
