using System.Text;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>
/// The default name of a policy: <c>Namespace.Type.Method(parameter types)</c>, all of it qualified, so that no two methods
/// share a bucket by accident. A second unnamed attribute appends <c>#2</c>. That a caller can cancel is no part of what is
/// limited: a token is left out, and a method that gets one keeps its bucket, unless an overload has the name already.
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
        var name = new StringBuilder(Signature(method, WithoutTokens(method)));
        if (occurrence > 1)
        {
            name.Append('#').Append(occurrence);
        }

        return name.ToString();
    }

    /// <summary>A type, qualified.</summary>
    public static string Of(INamedTypeSymbol type) => type.ToDisplayString(Format);

    /// <summary>The method and its parameters, the same for the same method in every build.</summary>
    public static string Signature(IMethodSymbol method) => Signature(method, method.Parameters);

    private static string Signature(IMethodSymbol method, IEnumerable<IParameterSymbol> parameters)
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

        return name.Append('(').Append(string.Join(", ", parameters.Select(Text))).Append(')').ToString();
    }

    private static IReadOnlyList<IParameterSymbol> WithoutTokens(IMethodSymbol method)
    {
        var rest = method.Parameters.Where(parameter => !parameter.Type.IsCancellationToken()).ToList();
        return rest.Count < method.Parameters.Length && Overloads(method).Any(other => HasShortName(other, rest)) ? method.Parameters : rest;

        bool HasShortName(IMethodSymbol other, List<IParameterSymbol> parameters) =>
            other.Arity == method.Arity
            && other.Parameters.Where(parameter => !parameter.Type.IsCancellationToken()).Select(Text).SequenceEqual(parameters.Select(Text));
    }

    private static IEnumerable<IMethodSymbol> Overloads(IMethodSymbol method) => method.ContainingType is not { } type ? [] : type.GetMembers(method.Name)
        .OfType<IMethodSymbol>()
        .Where(other => !SymbolEqualityComparer.Default.Equals(other, method) && !SymbolEqualityComparer.Default.Equals(other, method.PartialDefinitionPart));

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
