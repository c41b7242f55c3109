using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Finds annotated lambdas and local functions, which are members of nothing.</summary>
internal static class AnnotatedFunction
{
    /// <returns>The function of a node; <see langword="null"/> when it is not annotated.</returns>
    public static IMethodSymbol? Of(SyntaxNodeAnalysisContext context)
    {
        var symbol = context.Node switch
        {
            LocalFunctionStatementSyntax { AttributeLists.Count: > 0 } => context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken),
            ParenthesizedLambdaExpressionSyntax { AttributeLists.Count: > 0 } => context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol,
            _ => null,
        };
        return symbol is IMethodSymbol method && method.GetAttributes().Any(KnownTypes.IsRateLimited) ? method : null;
    }
}
