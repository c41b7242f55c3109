using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Analyzers;

/// <summary>Finds calls of what a method replaces: then the limit still holds.</summary>
internal static class BaseCall
{
    public static bool IsIn(IMethodSymbol method, string name, CancellationToken cancellationToken) => method.DeclaringSyntaxReferences
        .SelectMany(reference => reference.GetSyntax(cancellationToken).DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        .Any(access => access.Expression is BaseExpressionSyntax && access.Name.Identifier.ValueText == name);
}
