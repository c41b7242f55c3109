using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>The expressions that an attribute without a key may have meant.</summary>
internal static class KeyChoices
{
    /// <summary>
    /// Each parameter that binding found fit, then the caller's address where there is a request, then one bucket for all.
    /// An endpoint is limited before its parameters are bound, so they cannot be its key.
    /// </summary>
    public static IEnumerable<string> At(AttributeSyntax attribute, FixSite site)
    {
        var annotated = Annotated(attribute, site.Model);
        var isEndpoint = IsEndpoint(annotated, site.Model.Compilation);
        return
        [
            .. isEndpoint ? [] : Parameters(site.Diagnostic).Select(name => $"nameof({Escaped(name)})"),
            .. isEndpoint || HasContext(annotated) ? [Constant("HttpKey", "Ip", attribute, site.Model)] : Array.Empty<string>(),
            Constant("RateLimitKey", "Global", attribute, site.Model),
        ];
    }

    private static string[] Parameters(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(ProblemProperty.Parameters, out var names) && !string.IsNullOrEmpty(names)
            ? names!.Split(',')
            : [];

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>A constant by its short name where that is in scope.</summary>
    private static string Constant(string type, string member, AttributeSyntax attribute, SemanticModel model) =>
        model.LookupNamespacesAndTypes(attribute.SpanStart, name: type).Any(symbol => symbol.ContainingNamespace?.ToDisplayString() == "SmartRateLimit")
            ? $"{type}.{member}"
            : $"global::SmartRateLimit.{type}.{member}";

    private static bool IsEndpoint(ISymbol? annotated, Compilation compilation) => annotated switch
    {
        IMethodSymbol { IsPartialDefinition: false } method => EndpointPredicate.IsEndpoint(method, compilation, CancellationToken.None),
        INamedTypeSymbol type => EndpointPredicate.IsEndpointType(type, compilation),
        _ => false,
    };

    private static bool HasContext(ISymbol? annotated) =>
        annotated is IMethodSymbol method && (method.Parameters.Any(parameter => parameter.Type.IsHttpContext()) || HasContextProperty(method.ContainingType));

    private static bool HasContextProperty(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetMembers("HttpContext").OfType<IPropertySymbol>().Any(property => property.Type.IsHttpContext()))
            {
                return true;
            }
        }

        return false;
    }

    private static ISymbol? Annotated(AttributeSyntax attribute, SemanticModel model) => attribute.Parent?.Parent switch
    {
        LambdaExpressionSyntax lambda => model.GetSymbolInfo(lambda).Symbol,
        { } declaration => model.GetDeclaredSymbol(declaration),
        null => null,
    };
}
