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
        // A limited method counts as generated as soon as its other part is, and generated code may be annotated too.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static symbol => Analyze((IMethodSymbol)symbol.Symbol, symbol), SymbolKind.Method);
        context.RegisterSymbolAction(AnalyzeEvent, SymbolKind.Event);
    }

    /// <summary>The accessors of a field-like event are annotated through the event, both alike.</summary>
    private static void AnalyzeEvent(SymbolAnalysisContext context)
    {
        if (((IEventSymbol)context.Symbol).AddMethod is { IsImplicitlyDeclared: true } accessor)
        {
            Analyze(accessor, context);
        }
    }

    private static void Analyze(IMethodSymbol method, SymbolAnalysisContext context)
    {
        // The two parts of a partial method are one method; its defining part speaks for both.
        if (method.PartialDefinitionPart is null && method.GetAttributes().Any(KnownTypes.IsRateLimited))
        {
            ProblemReport.Report(MethodBinder.Bind(method, context.Compilation, context.CancellationToken).Problems, context.ReportDiagnostic);
        }
    }
}
