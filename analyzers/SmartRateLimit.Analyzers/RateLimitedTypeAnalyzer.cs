using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Reports what is wrong with the annotations of types, and those that nobody enforces.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RateLimitedTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            static symbol => ProblemReport.Report(TypeBinder.Bind((INamedTypeSymbol)symbol.Symbol, symbol.Compilation, symbol.CancellationToken), symbol.ReportDiagnostic),
            SymbolKind.NamedType);
    }
}
