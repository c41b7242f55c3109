using System.Text;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>
/// The default name of a policy: <c>Namespace.Type.Method(parameter types)</c>, all of it qualified, so that no two methods
/// share a bucket by accident. A second unnamed attribute appends <c>#2</c>.
/// </summary>
internal static class PolicyName
{
    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    public static string Default(IMethodSymbol method, int occurrence)
    {
        var name = new StringBuilder(Signature(method));
        if (occurrence > 1)
        {
            name.Append('#').Append(occurrence);
        }

        return name.ToString();
    }

    /// <summary>A type, qualified.</summary>
    public static string Of(INamedTypeSymbol type) => type.ToDisplayString(Format);

    /// <summary>The method and its parameters, the same for the same method in every build.</summary>
    public static string Signature(IMethodSymbol method)
    {
        var name = new StringBuilder();
        if (method.ContainingType is { } type)
        {
            name.Append(type.ToDisplayString(Format)).Append('.');
        }

        name.Append(method.Name);
        if (method.Arity > 0)
        {
            name.Append('<').Append(string.Join(", ", method.TypeParameters.Select(parameter => parameter.Name))).Append('>');
        }

        return name.Append('(').Append(string.Join(", ", method.Parameters.Select(Text))).Append(')').ToString();
    }

    private static string Text(IParameterSymbol parameter)
    {
        var type = parameter.Type.ToDisplayString(Format);
        return parameter.RefKind switch
        {
            RefKind.None => type,
            RefKind.Ref => "ref " + type,
            RefKind.Out => "out " + type,
            RefKind.In => "in " + type,
            _ => "ref readonly " + type,
        };
    }
}
