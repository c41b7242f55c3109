using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>Writes the function that an attribute names and nobody wrote yet.</summary>
internal static class FunctionCreation
{
    /// <returns>The offer; <see langword="null"/> where a function cannot be what was meant.</returns>
    public static FixOffer? Of(string name, string use, FixSite site, CancellationToken cancellationToken)
    {
        if (!SyntaxFacts.IsValidIdentifier(name)
            || site.Node.FirstAncestorOrSelf<AttributeSyntax>()?.Parent?.Parent is not MethodDeclarationSyntax { Parent: TypeDeclarationSyntax } declaration
            || site.Model.GetDeclaredSymbol(declaration, cancellationToken) is not IMethodSymbol method)
        {
            return null;
        }

        var isEndpoint = !method.IsPartialDefinition && EndpointPredicate.IsEndpoint(method, site.Model.Compilation, cancellationToken);
        var edits = new List<TextChange>();
        var parameters = isEndpoint
            ? Usings.Import("Microsoft.AspNetCore.Http", "HttpContext", declaration, site, edits) + " context"
            : string.Join(", ", declaration.ParameterList.Parameters.Zip(method.Parameters, Parameter).Where(parameter => parameter.Length > 0));
        var exception = Usings.Import("System", nameof(NotImplementedException), declaration, site, edits);
        var newLine = site.Text.NewLineAt(declaration.SpanStart);
        var indent = site.Text.IndentAt(declaration.SpanStart);
        edits.Add(TextEdits.Insert(
            site.Text.EndOfLineWithin(declaration),
            $"{newLine}{newLine}{indent}{Modifiers(method, isEndpoint)} {Type(use)} {name}{declaration.TypeParameterList}({parameters}){Constraints(declaration)} => throw new {exception}();"));
        return new FixOffer($"Create '{name}'", "create", [.. edits])
        {
            Creates = method.ContainingType.ToDisplayString() + "." + name + Identity(method, isEndpoint),
        };
    }

    /// <summary>Generated code elsewhere calls what an endpoint or an interface names.</summary>
    private static string Modifiers(IMethodSymbol method, bool isEndpoint) =>
        isEndpoint ? "internal static"
        : method.ContainingType.TypeKind == TypeKind.Interface ? "static"
        : "private static";

    private static string Type(string use) => use switch
    {
        ProblemProperty.UseCost => "long",
        ProblemProperty.UseCondition => "bool",
        _ => "string",
    };

    /// <summary>What a key can be made of: by value, and neither the limiter nor the caller's patience.</summary>
    private static string Parameter(ParameterSyntax syntax, IParameterSymbol parameter) =>
        IsPartOfKey(parameter) ? syntax.Type + " " + syntax.Identifier.Text : string.Empty;

    /// <summary>What C# tells overloads apart by: "fix all" must not create one function twice.</summary>
    private static string Identity(IMethodSymbol method, bool isEndpoint) => isEndpoint
        ? string.Empty
        : "`" + method.Arity + "(" + string.Join(",", method.Parameters.Where(IsPartOfKey).Select(parameter => parameter.Type.ToDisplayString())) + ")";

    private static bool IsPartOfKey(IParameterSymbol parameter) =>
        parameter.RefKind is RefKind.None or RefKind.In && !parameter.Type.IsLimiter() && !parameter.Type.IsCancellationToken();

    private static string Constraints(MethodDeclarationSyntax declaration) =>
        string.Concat(declaration.ConstraintClauses.Select(clause => " " + clause.WithoutTrivia()));
}
