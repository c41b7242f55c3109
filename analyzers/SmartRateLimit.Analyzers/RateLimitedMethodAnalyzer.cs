using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Reports what is wrong with the annotations of methods, accessors and operators.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RateLimitedMethodAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;

        // The two parts of a partial method are one method; its defining part speaks for both.
        if (method.PartialDefinitionPart is null && method.GetAttributes().Any(KnownTypes.IsRateLimited))
        {
            ProblemReport.Report(MethodBinder.Bind(method, context.Compilation, context.CancellationToken).Problems, context.ReportDiagnostic);
        }
    }
}
