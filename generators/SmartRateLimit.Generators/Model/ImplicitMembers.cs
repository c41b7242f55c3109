using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Generators.Model;

/// <summary>
/// Chooses which members of a decorator are public members of the class, so that they can be called without the
/// interface, and which must be explicit because two interfaces, or the class, use their name.
/// </summary>
internal sealed class ImplicitMembers
{
    private readonly HashSet<string> _signatures = [];
    private readonly Dictionary<string, bool> _isMethod = [];

    public ImplicitMembers(INamedTypeSymbol face, string className)
    {
        string[] taken =
        [
            className, Wrapped.InnerField, Wrapped.LimiterField,
            "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals",
        ];
        foreach (var name in taken.Concat(face.TypeParameters.Select(parameter => parameter.Name)))
        {
            _isMethod[name] = false;
        }
    }

    /// <summary>Whether a member can be public; the first of a name gets it.</summary>
    public bool Take(ISymbol member)
    {
        if (!IsPublic(member))
        {
            return false;
        }

        var isMethod = member is IMethodSymbol;
        if (_isMethod.TryGetValue(Name(member), out var wasMethod) && !(isMethod && wasMethod))
        {
            return member is IPropertySymbol { IsIndexer: true } indexer && _signatures.Contains(Owner(indexer)) && _signatures.Add(Signature(indexer.Name, 0, indexer.Parameters));
        }

        if (Accessors(member).Any(_isMethod.ContainsKey))
        {
            return false;
        }

        _isMethod[Name(member)] = isMethod;
        foreach (var accessor in Accessors(member))
        {
            _isMethod[accessor] = false;
        }

        if (member is IPropertySymbol { IsIndexer: true } first)
        {
            _signatures.Add(Owner(first));
            return _signatures.Add(Signature(first.Name, 0, first.Parameters));
        }

        return member is not IMethodSymbol method || _signatures.Add(Signature(method.Name, method.Arity, method.Parameters));
    }

    /// <summary>The compiler calls an indexer <c>Item</c>, whatever it is called in an interface.</summary>
    private static string Name(ISymbol member) => member is IPropertySymbol { IsIndexer: true } ? "Item" : member.Name;

    /// <summary>The names of methods that the compiler keeps for a member, also for the accessor that it lacks.</summary>
    private static IEnumerable<string> Accessors(ISymbol member) => member switch
    {
        IPropertySymbol => ["get_" + Name(member), "set_" + Name(member)],
        IEventSymbol => ["add_" + Name(member), "remove_" + Name(member)],
        _ => [],
    };

    private static bool IsPublic(ISymbol member) => member.DeclaredAccessibility == Accessibility.Public && member switch
    {
        IPropertySymbol property => Accessors(property).All(accessor => accessor is { DeclaredAccessibility: Accessibility.Public, IsInitOnly: false }),
        _ => true,
    };

    private static IEnumerable<IMethodSymbol> Accessors(IPropertySymbol property) => new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>();

    /// <summary>All indexers of one interface go together.</summary>
    private static string Owner(IPropertySymbol indexer) => "this of " + indexer.ContainingType.ToDisplayString();

    /// <summary>What C# tells overloads apart by; it does not tell <c>ref</c>, <c>in</c> and <c>out</c> from each other.</summary>
    private static string Signature(string name, int arity, IEnumerable<IParameterSymbol> parameters) => name + "`" + arity + "(" + string.Join(
        ",",
        parameters.Select(parameter => (parameter.RefKind == RefKind.None ? string.Empty : "&") + Text(parameter.Type))) + ")";

    /// <summary>Type parameters of methods are the same by their place, whatever they are called.</summary>
    private static string Text(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol { DeclaringMethod: not null } parameter => "!!" + parameter.Ordinal,
        IArrayTypeSymbol array => Text(array.ElementType) + "[" + array.Rank + "]",
        IDynamicTypeSymbol => "object",
        INamedTypeSymbol { IsTupleType: true, TupleUnderlyingType: { } tuple } when !SymbolEqualityComparer.Default.Equals(tuple, type) => Text(tuple),
        INamedTypeSymbol { TypeArguments.Length: > 0 } named => named.OriginalDefinition.ToDisplayString() + "<" + string.Join(",", named.TypeArguments.Select(Text)) + ">",
        _ => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
    };
}
