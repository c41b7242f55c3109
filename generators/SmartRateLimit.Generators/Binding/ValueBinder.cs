using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SmartRateLimit.Naming;

namespace SmartRateLimit.Binding;

/// <summary>Binds a name or path to a value that generated code, or an endpoint's registration, can read: SRL002, SRL006.</summary>
internal static class ValueBinder
{
    public static ValueBinding? Bind(BindingContext context, NameUse use)
    {
        var name = use.Path.Split('.')[0];
        var found = NameLookup.Find(context, name, use.KeyType);
        if (found.Count == 0)
        {
            var nearest = NearestName.Of(name, NameLookup.Names(context, use.KeyType));
            var properties = ImmutableDictionary<string, string?>.Empty.Add(ProblemProperty.Suggestion, nearest);
            context.Report(
                ProblemId.UnknownName,
                use.LocationOf(0, name.Length),
                name,
                "no parameter of " + context.Subject + " and no member in reach has this name" + NameProblem.DidYouMean(nearest),
                name == use.Path && FunctionFor(use.Use) is { } function ? properties.Add(ProblemProperty.Use, function) : properties);
            return null;
        }

        if (found[0] is IMethodSymbol)
        {
            var function = FunctionBinder.Bind(context, use, found.OfType<IMethodSymbol>());
            return function is { } bound && IsReachable(context, use, bound.Function)
                ? PathBinder.Bind(context, use, bound.Function, bound.Arguments)
                : null;
        }

        if (use.Use == ValueUse.Fallback)
        {
            context.Report(ProblemId.UnboundFunction, use.Location, use.Path, "only a method can answer in place of " + context.Subject);
            return null;
        }

        return IsReachable(context, use, found[0]) ? PathBinder.Bind(context, use, found[0], ImmutableArray<ISymbol?>.Empty) : null;
    }

    /// <summary>Which kind of function could be meant by an unknown name; a fallback's parameters are its author's to choose.</summary>
    private static string? FunctionFor(ValueUse use) => use switch
    {
        ValueUse.Key => ProblemProperty.UseKey,
        ValueUse.Cost => ProblemProperty.UseCost,
        ValueUse.Condition => ProblemProperty.UseCondition,
        _ => null,
    };

    private static bool IsReachable(BindingContext context, NameUse use, ISymbol symbol)
    {
        var obstacle = context.Role == AnnotationRole.Endpoint ? EndpointObstacle(context, use, symbol) : Obstacle(context, symbol);
        if (obstacle is null)
        {
            return true;
        }

        context.Report(ProblemId.UnboundFunction, use.Location, use.Path, obstacle);
        return false;
    }

    private static string? Obstacle(BindingContext context, ISymbol symbol) => symbol switch
    {
        IParameterSymbol { RefKind: RefKind.Out } => "an out parameter has no value yet",
        IParameterSymbol => null,
        { IsStatic: true } => null,
        _ when context.Role == AnnotationRole.InterfaceMember => DecoratorSite.IsPartOf(context.Type, symbol.ContainingType) ? null : "it is an instance member of another type; make it static",
        _ when context.Method.IsStatic => "it is an instance member, and " + context.Method.Name + " is static",
        _ when !context.Compilation.IsSymbolAccessibleWithin(symbol, context.Method.ContainingType, context.Method.ContainingType)
            || !IsOwn(context.Method.ContainingType, symbol.ContainingType) => "it is an instance member of another type; make it static",
        _ => null,
    };

    private static bool IsOwn(INamedTypeSymbol type, INamedTypeSymbol owner)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, owner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The middleware decides before arguments are bound, and knows functions by type and name.</summary>
    private static string? EndpointObstacle(BindingContext context, NameUse use, ISymbol symbol) => symbol switch
    {
        IParameterSymbol => "an endpoint is limited before its arguments are bound; make the handler partial, or use a source such as route:" + symbol.Name,
        IMethodSymbol { IsStatic: true } function when function.Parameters.All(parameter => IsSupplied(use, parameter)) => RegistrationSite.Obstacle(function, context.Compilation, context.CancellationToken),
        _ => "the function of an endpoint must be a static method that takes HttpContext or nothing",
    };

    private static bool IsSupplied(NameUse use, IParameterSymbol parameter) =>
        parameter.RefKind is RefKind.None or RefKind.In
        && (parameter.Type.IsHttpContext() || (use.Use == ValueUse.Fallback && parameter.Type.IsDecision()));
}
