using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Finds what a simple name means at a method: a parameter, else a member of the key type or the containing type.</summary>
internal static class NameLookup
{
    public static List<ISymbol> Find(BindingContext context, string name, INamedTypeSymbol? keyType)
    {
        var parameter = context.Parameters.FirstOrDefault(p => p.Name == name);
        if (parameter is not null)
        {
            return [parameter];
        }

        foreach (var type in Types(context, keyType))
        {
            var members = MembersOf(context, type, name).ToList();
            if (members.Count > 0)
            {
                return members;
            }
        }

        return [];
    }

    /// <summary>Every name that <see cref="Find"/> would have found.</summary>
    public static IEnumerable<string> Names(BindingContext context, INamedTypeSymbol? keyType) =>
        context.Parameters.Select(parameter => parameter.Name)
            .Concat(Types(context, keyType).SelectMany(type => MembersOf(context, type)).Where(IsWorthSuggesting).Select(member => member.Name));

    /// <summary>The fields and properties, all or those of one name, that a path can walk to from a value.</summary>
    public static IEnumerable<ISymbol> StepsOf(BindingContext context, ITypeSymbol type, string? name = null) => type switch
    {
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.SelectMany(constraint => StepsOf(context, constraint, name)),
        _ => BasesOf(type).Concat(type.AllInterfaces)
            .SelectMany(t => MembersOf(context, t, name))
            .Where(member => !member.IsStatic && member is IFieldSymbol or IPropertySymbol),
    };

    private static IEnumerable<ITypeSymbol> Types(BindingContext context, INamedTypeSymbol? keyType)
    {
        var own = context.Type;
        var types = keyType is null ? [own] : new[] { keyType, own };
        return types.Where(type => type is not null).SelectMany(type => BasesOf(type).Concat(type.TypeKind == TypeKind.Interface ? type.AllInterfaces : []));
    }

    private static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>The name comes first: whether a member of another assembly is accessible, the compiler asks of every reference.</summary>
    private static IEnumerable<ISymbol> MembersOf(BindingContext context, ITypeSymbol type, string? name = null) =>
        (name is null ? type.GetMembers() : type.GetMembers(name)).Where(member => IsReadable(member) && context.Compilation.IsSymbolAccessibleWithin(member, context.Site));

    private static bool IsReadable(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsImplicitlyDeclared || field.ContainingType.IsTupleType,
        IPropertySymbol property => property is { IsIndexer: false, GetMethod: not null, ExplicitInterfaceImplementations.IsEmpty: true },
        IMethodSymbol method => method.MethodKind == MethodKind.Ordinary,
        _ => false,
    };

    private static bool IsWorthSuggesting(ISymbol member) =>
        member.ContainingType.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType);
}
