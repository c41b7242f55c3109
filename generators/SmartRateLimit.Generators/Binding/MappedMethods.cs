using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Binding;

/// <summary>The methods and local functions that a compilation passes, by name, to a call that maps a route. Collected once.</summary>
internal static class MappedMethods
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<ISymbol>> Known = new();

    public static HashSet<ISymbol> Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (!Known.TryGetValue(compilation, out var methods))
        {
            methods = Collect(compilation, cancellationToken);
            methods = Known.GetValue(compilation, _ => methods);
        }

        return methods;
    }

    /// <summary>Whether a call is one of an extension method on <c>IEndpointRouteBuilder</c>.</summary>
    public static bool IsMapCall(InvocationExpressionSyntax invocation, SemanticModel model, CancellationToken cancellationToken)
    {
        var info = model.GetSymbolInfo(invocation, cancellationToken);
        var candidates = info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;
        return candidates.OfType<IMethodSymbol>().Any(method => method.IsExtensionMethod
            && IsRouteBuilder((method.ReducedFrom ?? method).Parameters[0].Type));
    }

    private static bool IsRouteBuilder(ITypeSymbol type) =>
        type.Is("Microsoft.AspNetCore.Routing", "IEndpointRouteBuilder") || type.AllInterfaces.Any(IsRouteBuilder);

    private static HashSet<ISymbol> Collect(Compilation compilation, CancellationToken cancellationToken)
    {
        var methods = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder") is null)
        {
            return methods;
        }

        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var invocation in tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                foreach (var argument in invocation.ArgumentList.Arguments)
                {
                    if (Name(argument.Expression) is not { } name)
                    {
                        continue;
                    }

                    model ??= compilation.GetSemanticModel(tree);
                    if (MethodGroup(name, model, cancellationToken) is { } method && IsMapCall(invocation, model, cancellationToken))
                    {
                        methods.Add(method.OriginalDefinition);
                    }
                }
            }
        }

        return methods;
    }

    private static ExpressionSyntax? Name(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Name(parenthesized.Expression),
        CastExpressionSyntax cast => Name(cast.Expression),
        SimpleNameSyntax or MemberAccessExpressionSyntax => expression,
        _ => null,
    };

    private static IMethodSymbol? MethodGroup(ExpressionSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        var info = model.GetSymbolInfo(name, cancellationToken);
        return info.Symbol as IMethodSymbol
            ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] as IMethodSymbol : null);
    }
}
