using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Reports calls of, and delegates to, the body of a limited method: SRL020.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CoreCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.CoreCall];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(
            operation => Analyze(operation, ((IInvocationOperation)operation.Operation).TargetMethod, ((IInvocationOperation)operation.Operation).Instance),
            OperationKind.Invocation);
        context.RegisterOperationAction(
            operation => Analyze(operation, ((IMethodReferenceOperation)operation.Operation).Method, ((IMethodReferenceOperation)operation.Operation).Instance),
            OperationKind.MethodReference);
    }

    private static void Analyze(OperationAnalysisContext context, IMethodSymbol called, IOperation? instance)
    {
        if (LimitedMethod.WithBody(called) is not { } limited || IsBaseCall(called, instance, context.ContainingSymbol))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.CoreCall,
            Name(context.Operation.Syntax).GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(ProblemProperty.Name, limited.Name),
            called.Name,
            "call " + limited.Name + ", which takes a permit first"));
    }

    /// <summary>The body that an override overrides is limited together with it.</summary>
    private static bool IsBaseCall(IMethodSymbol called, IOperation? instance, ISymbol caller) =>
        instance?.Syntax is BaseExpressionSyntax
        && caller is IMethodSymbol { OverriddenMethod: not null }
        && caller.Name == called.Name;

    private static SyntaxNode Name(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax invocation => Name(invocation.Expression),
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => syntax,
    };
}
