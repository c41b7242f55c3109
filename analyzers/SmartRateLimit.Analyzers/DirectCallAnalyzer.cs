using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Reports calls of limited endpoints by code of their own project. Tests of other projects mean to call them so.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DirectCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.DirectCall];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, context.Compilation.Assembly)
            && method.GetAttributes().Any(KnownTypes.IsRateLimited)
            && call.Instance?.Syntax is not BaseExpressionSyntax
            && RoleBinder.RoleOf(method, context.Compilation, context.CancellationToken) == AnnotationRole.Endpoint)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.DirectCall,
                call.Syntax.GetLocation(),
                method.Name,
                "only requests to the endpoint are limited; make " + method.Name + " partial, or move its work to a method that is called instead"));
        }
    }
}
