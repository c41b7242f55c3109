using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>What binding finds wrong, by id.</summary>
internal static class Problems
{
    public static IEnumerable<string> Of(CSharpProject project)
    {
        var compilation = project.Compile();
        var tree = compilation.SyntaxTrees.First();
        var model = compilation.GetSemanticModel(tree);
        return
        [
            .. tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(method => method.AttributeLists.Count > 0)
                .Select(method => (IMethodSymbol)model.GetDeclaredSymbol(method)!)
                .SelectMany(method => MethodBinder.Bind(method, compilation, CancellationToken.None).Problems)
                .Select(problem => problem.Id),
        ];
    }

    /// <summary>What is wrong with anything annotated, in the ids of errors.</summary>
    public static IEnumerable<string> OfAll(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var attribute in tree.GetRoot().DescendantNodes().OfType<AttributeSyntax>())
            {
                var annotated = attribute.Parent!.Parent!;
                var symbol = annotated is LambdaExpressionSyntax ? model.GetSymbolInfo(annotated).Symbol : model.GetDeclaredSymbol(annotated);
                var problems = symbol switch
                {
                    IMethodSymbol method when method.GetAttributes().Any(KnownTypes.IsRateLimited) => MethodBinder.Bind(method, compilation, CancellationToken.None).Problems,
                    INamedTypeSymbol type => TypeBinder.Bind(type, compilation, CancellationToken.None),
                    _ => [],
                };
                foreach (var problem in problems.Where(problem => problem.IsError))
                {
                    yield return problem.Id;
                }
            }
        }
    }
}
