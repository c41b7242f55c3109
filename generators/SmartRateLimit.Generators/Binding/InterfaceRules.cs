using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Binding;

/// <summary>Decides whether a decorator can stand in for an interface, and limit a method of it: SRL012, SRL013.</summary>
internal static class InterfaceRules
{
    /// <summary>Why no decorator can implement the interface; <see langword="null"/> when one can.</summary>
    public static string? ReasonAgainst(INamedTypeSymbol face, Compilation compilation)
    {
        for (var type = face; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                return "the decorator of a file-local interface would lie in another file; make it internal";
            }
        }

        if (DecoratorSite.Closure(face).Any(part => AliasedAssemblies.Has(part, compilation) || part.GetMembers().Any(member => AliasedAssemblies.AreNamedBy(member, compilation))))
        {
            return AliasedAssemblies.Reason;
        }

        var site = DecoratorSite.Of(face, compilation);
        foreach (var member in DecoratorSite.Closure(face).SelectMany(part => part.GetMembers()))
        {
            if (member is { IsAbstract: true } and not ITypeSymbol && !IsExplicit(member) && Reason(member, site, compilation) is { } reason)
            {
                return reason;
            }
        }

        return NameIsTaken(face, compilation)
            ? "its decorator would be named " + DecoratorSite.Name(face) + ", and there is another type of this name"
            : null;
    }

    /// <summary>Why the decorator cannot limit one of the interface's methods; <see langword="null"/> when it can.</summary>
    public static string? ReasonAgainst(IMethodSymbol method, Compilation compilation) => method switch
    {
        { MethodKind: not MethodKind.Ordinary } => "only ordinary methods can be limited, not accessors or operators",
        { IsStatic: true } => "a static member of an interface is called on a type, and a decorator wraps an instance",
        { IsAbstract: false, IsVirtual: false } => "a sealed or private member of an interface cannot be replaced; take the modifier away, or annotate what it calls",
        _ when !compilation.IsSymbolAccessibleWithin(method, DecoratorSite.Of(method.ContainingType, compilation)) => "a decorator can pass on public and internal members only",
        { IsVararg: true } => "a method with __arglist cannot be limited; use params",
        _ => RoleBinder.ReasonAgainstSignature(method, compilation),
    };

    public static IEnumerable<INamedTypeSymbol> TypesNotPartial(INamedTypeSymbol face, CancellationToken cancellationToken)
    {
        for (var type = face.ContainingType; type is not null; type = type.ContainingType)
        {
            if (!RoleBinder.IsPartial(type, cancellationToken))
            {
                yield return type;
            }
        }
    }

    private static string? Reason(ISymbol member, ISymbol site, Compilation compilation) => member switch
    {
        { IsStatic: true } => "'" + member.Name + "' is static abstract, and a decorator has no type whose member it could pass on",
        _ when !compilation.IsSymbolAccessibleWithin(member, site) => "a decorator cannot reach '" + member.Name + "' to pass it on",
        _ when HasPointer(member) && compilation is CSharpCompilation { Options.AllowUnsafe: false } => "'" + member.Name + "' has pointers, and the project does not allow unsafe code",
        _ => null,
    };

    /// <summary>A member that an interface makes abstract again is a member of the one that declares it.</summary>
    private static bool IsExplicit(ISymbol member) => member switch
    {
        IMethodSymbol method => !method.ExplicitInterfaceImplementations.IsEmpty,
        IPropertySymbol property => !property.ExplicitInterfaceImplementations.IsEmpty,
        IEventSymbol @event => !@event.ExplicitInterfaceImplementations.IsEmpty,
        _ => false,
    };

    private static bool HasPointer(ISymbol member) => member switch
    {
        IMethodSymbol method => RoleBinder.HasPointer(method.ReturnType) || method.Parameters.Any(parameter => RoleBinder.HasPointer(parameter.Type)),
        IPropertySymbol property => RoleBinder.HasPointer(property.Type),
        IEventSymbol @event => RoleBinder.HasPointer(@event.Type),
        _ => false,
    };

    private static bool NameIsTaken(INamedTypeSymbol face, Compilation compilation)
    {
        face = face.OriginalDefinition;
        var name = DecoratorSite.Name(face);
        INamespaceOrTypeSymbol around = (INamespaceOrTypeSymbol?)face.ContainingType ?? face.ContainingNamespace;
        return around.GetTypeMembers(name, face.Arity).Any(type => IsOwn(type, compilation) && !KnownTypes.IsGenerated(type))
            || around.GetTypeMembers().Any(other =>
                IsOwn(other, compilation)
                && other.Arity == face.Arity
                && !SymbolEqualityComparer.Default.Equals(other, face)
                && other.TypeKind == TypeKind.Interface
                && DecoratorSite.Name(other) == name
                && DecoratorSite.IsAnnotated(other));
    }

    private static bool IsOwn(ISymbol symbol, Compilation compilation) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly);
}
