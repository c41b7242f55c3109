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
        MethodKind.Ordinary => IsAction(method, compilation) || IsMapped(method, compilation, cancellationToken),
        MethodKind.LocalFunction => IsMapped(method, compilation, cancellationToken),
        _ => false,
    };

    /// <summary>Whether an annotation of the type itself reaches its endpoints: on a controller, a page, a component or a hub.</summary>
    public static bool IsEndpointType(INamedTypeSymbol type, Compilation compilation) =>
        IsController(type, compilation) || BasesOf(type).Any(IsPageOrHub);

    /// <summary>Whether a method is an action of a controller, which its declaration alone says.</summary>
    public static bool IsAction(IMethodSymbol method, Compilation compilation) =>
        method is { IsStatic: false, IsAbstract: false, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public }
        && method.ContainingType is { } type
        && IsController(type, compilation)
        && !OverridesObject(method)
        && !method.GetAttributes().Any(attribute => attribute.AttributeClass.Is("Microsoft.AspNetCore.Mvc", "NonActionAttribute"));

    /// <summary>Whether the public methods of a type are actions, its own or those of the controllers that derive from it.</summary>
    private static bool IsController(INamedTypeSymbol type, Compilation compilation)
    {
        if (type is not { TypeKind: TypeKind.Class, ContainingType: null, DeclaredAccessibility: Accessibility.Public }
            || HasAttribute(type, "NonControllerAttribute"))
        {
            return false;
        }

        return BasesOf(type).Any(t => t.Is("Microsoft.AspNetCore.Mvc", "ControllerBase"))
            || HasAttribute(type, "ControllerAttribute")
            || HasAttribute(type, "ApiControllerAttribute")
            || IsControllerByName(type, compilation);
    }

    /// <summary>Where MVC is not even referenced, a class named so is just a class.</summary>
    private static bool IsControllerByName(INamedTypeSymbol type, Compilation compilation) =>
        type is { IsAbstract: false, IsGenericType: false }
        && type.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase)
        && compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.ControllerBase") is not null;

    private static bool IsPageOrHub(INamedTypeSymbol type) =>
        type.Is("Microsoft.AspNetCore.Mvc.RazorPages", "PageModel")
        || type.Is("Microsoft.AspNetCore.Mvc.RazorPages", "PageBase")
        || type.Is("Microsoft.AspNetCore.Components", "ComponentBase")
        || type.Is("Microsoft.AspNetCore.SignalR", "Hub");

    private static bool OverridesObject(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
        {
            method = overridden;
        }

        return method.ContainingType.SpecialType == SpecialType.System_Object;
    }

    private static bool IsMapped(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken) =>
        MappedMethods.Contain(method.OriginalDefinition, compilation, cancellationToken);

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
