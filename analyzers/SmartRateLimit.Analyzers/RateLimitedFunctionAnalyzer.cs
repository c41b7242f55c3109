using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Reports what is wrong with the annotations of lambdas and local functions, which are members of nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RateLimitedFunctionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (HasAttributes(context.Node)
            && Function(context) is { } function
            && function.GetAttributes().Any(KnownTypes.IsRateLimited))
        {
            ProblemReport.Report(MethodBinder.Bind(function, context.Compilation, context.CancellationToken).Problems, context.ReportDiagnostic);
        }
    }

    private static bool HasAttributes(SyntaxNode node) => node switch
    {
        LocalFunctionStatementSyntax function => function.AttributeLists.Count > 0,
        ParenthesizedLambdaExpressionSyntax lambda => lambda.AttributeLists.Count > 0,
        _ => false,
    };

    private static IMethodSymbol? Function(SyntaxNodeAnalysisContext context) => context.Node is LocalFunctionStatementSyntax
        ? context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) as IMethodSymbol
        : context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol as IMethodSymbol;
}
