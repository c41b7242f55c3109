using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.CodeFixes;

/// <summary>The parameters of a body: what callers see (defaults, <c>params</c>, <c>this</c>, most attributes) stays with the method.</summary>
internal static class CoreParameters
{
    public static string Of(ParameterListSyntax parameters, SemanticModel model) =>
        parameters.ReplaceNodes(parameters.Parameters, (parameter, _) => Bare(parameter, model)).WithoutTrivia().ToString();

    private static ParameterSyntax Bare(ParameterSyntax parameter, SemanticModel model)
    {
        var kept = BodyAttributes.Of(parameter.AttributeLists, model);
        var modifiers = parameter.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ThisKeyword) && !modifier.IsKind(SyntaxKind.ParamsKeyword));
        return parameter
            .WithAttributeLists(SyntaxFactory.List(kept))
            .WithModifiers(SyntaxFactory.TokenList(modifiers))
            .WithDefault(null)
            .WithIdentifier(parameter.Identifier.WithTrailingTrivia())
            .WithLeadingTrivia(parameter.GetLeadingTrivia())
            .WithTrailingTrivia(parameter.GetTrailingTrivia());
    }
}
