using Microsoft.CodeAnalysis;
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
}
