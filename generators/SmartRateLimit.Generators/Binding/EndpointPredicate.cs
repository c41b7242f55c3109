using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Binding;

/// <summary>
/// Whether a non-partial method is an endpoint: a controller's action, or something that this compilation passes to an
/// extension method on <c>IEndpointRouteBuilder</c>. ASP.NET's types are matched by name and need not be referenced.
/// </summary>
internal static class EndpointPredicate
{
    public static bool IsEndpoint(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken) => method.MethodKind switch
    {
        MethodKind.AnonymousFunction => IsMappedLambda(method, compilation, cancellationToken),
        MethodKind.Ordinary => IsAction(method) || IsMapped(method, compilation, cancellationToken),
        MethodKind.LocalFunction => IsMapped(method, compilation, cancellationToken),
        _ => false,
    };

    /// <summary>Whether the public methods of a type are actions.</summary>
    public static bool IsController(INamedTypeSymbol type)
    {
        if (type is not { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false, ContainingType: null, DeclaredAccessibility: Accessibility.Public }
            || HasAttribute(type, "NonControllerAttribute"))
        {
            return false;
        }

        return type.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase)
            || BasesOf(type).Any(t => t.Is("Microsoft.AspNetCore.Mvc", "ControllerBase"))
            || HasAttribute(type, "ControllerAttribute")
            || HasAttribute(type, "ApiControllerAttribute");
    }

    private static bool IsAction(IMethodSymbol method) =>
        method is { IsStatic: false, IsAbstract: false, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public }
        && method.ContainingType is { } type
        && IsController(type)
        && !method.GetAttributes().Any(attribute => attribute.AttributeClass.Is("Microsoft.AspNetCore.Mvc", "NonActionAttribute"));

    private static bool IsMapped(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken) =>
        MappedMethods.Of(compilation, cancellationToken).Contains(method.OriginalDefinition);

    private static bool IsMappedLambda(IMethodSymbol lambda, Compilation compilation, CancellationToken cancellationToken)
    {
        var expression = lambda.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);
        while (expression?.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            expression = expression.Parent;
        }

        return expression?.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax invocation } }
            && MappedMethods.IsMapCall(invocation, compilation.GetSemanticModel(invocation.SyntaxTree), cancellationToken);
    }

    private static bool HasAttribute(INamedTypeSymbol type, string name) => BasesOf(type)
        .SelectMany(t => t.GetAttributes())
        .Any(attribute => BasesOf(attribute.AttributeClass).Any(t => t.Is("Microsoft.AspNetCore.Mvc", name)));

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }
}
