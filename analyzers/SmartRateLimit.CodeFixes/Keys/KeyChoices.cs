using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>The expressions that an attribute without a key may have meant.</summary>
internal static class KeyChoices
{
    /// <summary>Each parameter that binding found fit, then the caller's address where there is a request, then one bucket for all.</summary>
    public static IEnumerable<string> At(AttributeSyntax attribute, FixSite site) =>
    [
        .. Parameters(site.Diagnostic).Select(name => $"nameof({name})"),
        .. HasHttpContext(attribute, site.Model) ? [Constant("HttpKey", "Ip", attribute, site.Model)] : Array.Empty<string>(),
        Constant("RateLimitKey", "Global", attribute, site.Model),
    ];

    private static string[] Parameters(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(ProblemProperty.Parameters, out var names) && !string.IsNullOrEmpty(names)
            ? names!.Split(',')
            : [];

    /// <summary>A constant by its short name where that is in scope.</summary>
    private static string Constant(string type, string member, AttributeSyntax attribute, SemanticModel model) =>
        model.LookupNamespacesAndTypes(attribute.SpanStart, name: type).Any(symbol => symbol.ContainingNamespace?.ToDisplayString() == "SmartRateLimit")
            ? $"{type}.{member}"
            : $"global::SmartRateLimit.{type}.{member}";

    private static bool HasHttpContext(AttributeSyntax attribute, SemanticModel model) => Annotated(attribute, model) switch
    {
        // What needs no partial part is an endpoint: it runs for a request.
        IMethodSymbol { IsPartialDefinition: true } method => method.Parameters.Any(parameter => parameter.Type.IsHttpContext()) || HasContextProperty(method.ContainingType),
        IMethodSymbol { MethodKind: not MethodKind.Ordinary } => true,
        { } symbol => HasContextProperty(symbol as INamedTypeSymbol ?? symbol.ContainingType),
        null => false,
    };

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
