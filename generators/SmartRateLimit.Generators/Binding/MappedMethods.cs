using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Binding;

/// <summary>
/// The methods and local functions that a compilation passes, by name, to a call that maps a route. Only the calls that
/// pass something of the wanted name are bound.
/// </summary>
internal static class MappedMethods
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<string, HashSet<ISymbol>>> Known = new();
    private static readonly ConditionalWeakTable<SyntaxTree, ILookup<string, ArgumentSyntax>> Arguments = new();

    public static bool Contain(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        var known = Known.GetValue(compilation, _ => new(StringComparer.Ordinal));
        if (!known.TryGetValue(method.Name, out var mapped))
        {
            mapped = known.GetOrAdd(method.Name, Collect(method.Name, compilation, cancellationToken));
        }

        return mapped.Contains(method);
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

    private static HashSet<ISymbol> Collect(string name, Compilation compilation, CancellationToken cancellationToken)
    {
        var methods = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder") is null)
        {
            return methods;
        }

        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var argument in ArgumentsOf(tree, cancellationToken)[name])
            {
                var model = compilation.GetSemanticModel(tree);
                if (MethodGroup(Name(argument.Expression)!, model, cancellationToken) is { } method
                    && argument.Parent is { Parent: InvocationExpressionSyntax invocation }
                    && IsMapCall(invocation, model, cancellationToken))
                {
                    methods.Add(method.OriginalDefinition);
                }
            }
        }

        return methods;
    }

    /// <summary>The arguments of a file's calls that are names, by their last one.</summary>
    private static ILookup<string, ArgumentSyntax> ArgumentsOf(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!Arguments.TryGetValue(tree, out var arguments))
        {
            arguments = tree.GetRoot(cancellationToken).DescendantNodes().OfType<ArgumentSyntax>()
                .Where(argument => argument.Parent?.Parent is InvocationExpressionSyntax && Name(argument.Expression) is not null)
                .ToLookup(argument => LastName(Name(argument.Expression)!), StringComparer.Ordinal);
            arguments = Arguments.GetValue(tree, _ => arguments);
        }

        return arguments;
    }

    private static string LastName(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => ((SimpleNameSyntax)expression).Identifier.ValueText,
    };

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
