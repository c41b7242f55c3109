using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartRateLimit.Generators.Model;

/// <summary>The constraint clauses of a generic method.</summary>
internal static class ConstraintText
{
    /// <summary>What the implementing part repeats. An override inherits its constraints and may only write <c>class</c>, <c>struct</c> or <c>default</c>.</summary>
    public static IEnumerable<string> OfPart(IMethodSymbol method, MethodDeclarationSyntax declaration) => method.IsOverride
        ? declaration.ConstraintClauses.Select(clause => clause.WithoutTrivia().ToString())
        : OfHelper(method);

    /// <summary>What an explicit implementation may write: only what its question marks mean.</summary>
    public static IEnumerable<string> OfExplicit(IMethodSymbol method) => method.TypeParameters.Select(parameter =>
        "where " + Identifier.Escape(parameter.Name) + " : " + (parameter.IsReferenceType ? "class" : parameter.IsValueType ? "struct" : "default"));

    public static IEnumerable<string> OfHelper(IMethodSymbol method) => Of(method.TypeParameters);

    public static IEnumerable<string> Of(IEnumerable<ITypeParameterSymbol> parameters) => parameters
        .Select(parameter => (parameter.Name, Constraints: string.Join(", ", Of(parameter))))
        .Where(clause => clause.Constraints.Length > 0)
        .Select(clause => "where " + Identifier.Escape(clause.Name) + " : " + clause.Constraints);

    private static IEnumerable<string> Of(ITypeParameterSymbol parameter)
    {
        if (parameter.HasUnmanagedTypeConstraint)
        {
            yield return "unmanaged";
        }
        else if (parameter.HasValueTypeConstraint)
        {
            yield return "struct";
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            yield return parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class";
        }
        else if (parameter.HasNotNullConstraint)
        {
            yield return "notnull";
        }

        foreach (var type in parameter.ConstraintTypes)
        {
            yield return TypeText.Of(type);
        }

        if (parameter.HasConstructorConstraint)
        {
            yield return "new()";
        }

        if (parameter.AllowsRefLikeType)
        {
            yield return "allows ref struct";
        }
    }
}
