using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Finds the methods that a decorator limits, and binds the attributes that apply to each.</summary>
internal static class InterfaceBinder
{
    /// <summary>Every limited method of an interface, the inherited ones too.</summary>
    public static ImmutableArray<MethodBinding> Bind(INamedTypeSymbol face, Compilation compilation, CancellationToken cancellationToken)
    {
        var bindings = ImmutableArray.CreateBuilder<MethodBinding>();
        foreach (var method in Methods(face))
        {
            var annotated = Annotated(face, method);
            if (annotated.Count > 0)
            {
                bindings.Add(InterfaceMethodBinder.Bind(face, method, annotated, compilation, cancellationToken));
            }
        }

        return bindings.ToImmutable();
    }

    /// <summary>What is wrong with the attributes of the interface itself; its methods speak for their own.</summary>
    public static ImmutableArray<BindingProblem> Problems(INamedTypeSymbol face, Compilation compilation, CancellationToken cancellationToken)
    {
        if (InterfaceRules.ReasonAgainst(face, compilation) is { } reason)
        {
            return NotEnforced(face, reason, cancellationToken);
        }

        var methods = Methods(face).Where(method => IsCounted(method)).ToList();
        if (methods.Count == 0)
        {
            return NotEnforced(face, "it has no method, and a decorator passes properties, indexers and events on unlimited", cancellationToken);
        }

        return
        [
            .. methods
                .SelectMany(method => InterfaceMethodBinder.Bind(face, method, [face], compilation, cancellationToken).Problems.Where(problem => !SpeaksItself(method, problem)))
                .GroupBy(problem => (problem.Id, problem.Id == ProblemId.TypeNotPartial ? Location.None : problem.Location))
                .Select(same => same.First()),
        ];
    }

    /// <summary>The symbols whose attributes limit a method: itself, its interface, and the interfaces between that and the decorated one.</summary>
    private static List<ISymbol> Annotated(INamedTypeSymbol face, IMethodSymbol method)
    {
        var symbols = new List<ISymbol> { method };
        if (IsCounted(method))
        {
            symbols.AddRange(DecoratorSite.Closure(face)
                .Where(part => DecoratorSite.IsPartOf(part, method.ContainingType))
                .OrderByDescending(part => SymbolEqualityComparer.Default.Equals(part, method.ContainingType)));
        }

        symbols.RemoveAll(symbol => !symbol.GetAttributes().Any(KnownTypes.IsRateLimited));
        return symbols;
    }

    /// <summary>
    /// Whether a limit on the whole interface counts a method: not helpers that nobody outside can call, and not the
    /// disposal, which must never be refused.
    /// </summary>
    private static bool IsCounted(IMethodSymbol method) =>
        method is { IsStatic: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal }
        && method.ContainingType.SpecialType != SpecialType.System_IDisposable
        && !method.ContainingType.Is("System", "IAsyncDisposable");

    private static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol face) => DecoratorSite.Closure(face)
        .SelectMany(part => part.GetMembers())
        .OfType<IMethodSymbol>()
        .Where(method => method.MethodKind == MethodKind.Ordinary);

    private static bool SpeaksItself(IMethodSymbol method, BindingProblem problem) =>
        method.Locations.Contains(problem.Location) && method.GetAttributes().Any(KnownTypes.IsRateLimited);

    private static ImmutableArray<BindingProblem> NotEnforced(INamedTypeSymbol face, string reason, CancellationToken cancellationToken) =>
    [
        .. face.GetAttributes().Where(KnownTypes.IsRateLimited).Select(data => new BindingProblem(
            ProblemId.CannotBeLimited, new Annotation(data, cancellationToken).Location, [face.Name, reason])),
    ];
}
