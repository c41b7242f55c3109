using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Binding;

/// <summary>Binds the parameters of a key, cost, skip or fallback function to those of the limited method, by name.</summary>
internal static class FunctionBinder
{
    /// <summary>Chooses among overloads the one that takes most; reports SRL006 when none or several fit.</summary>
    public static (IMethodSymbol Function, ImmutableArray<ISymbol?> Arguments)? Bind(BindingContext context, NameUse use, IEnumerable<IMethodSymbol> overloads)
    {
        var fitting = new List<(IMethodSymbol Function, ImmutableArray<ISymbol?> Arguments)>();
        var reason = default(string);
        foreach (var overload in overloads)
        {
            var function = overload.Arity > 0 && overload.Arity == context.TypeParameters.Length
                ? overload.Construct([.. context.TypeParameters])
                : overload;
            if (TryBind(context, use.Use, function, out var arguments, out var problem))
            {
                fitting.Add((function, arguments));
            }

            reason ??= problem;
        }

        var most = fitting.Count == 0 ? 0 : fitting.Max(candidate => candidate.Arguments.Length);
        fitting.RemoveAll(candidate => candidate.Arguments.Length < most);
        if (fitting.Count == 1)
        {
            return fitting[0];
        }

        context.Report(ProblemId.UnboundFunction, use.Location, use.Path, reason ?? "several overloads fit");
        return null;
    }

    private static bool TryBind(BindingContext context, ValueUse use, IMethodSymbol function, out ImmutableArray<ISymbol?> arguments, out string? problem)
    {
        arguments = [];
        problem = Unfit(context, use, function);
        if (problem is not null)
        {
            return false;
        }

        var bound = ImmutableArray.CreateBuilder<ISymbol?>(function.Parameters.Length);
        foreach (var parameter in function.Parameters)
        {
            if (IsSupplied(context, use, parameter))
            {
                bound.Add(null);
            }
            else if (Match(context, parameter) is not { } match)
            {
                problem = "its parameter '" + parameter.Name + "' is no parameter of " + context.Subject;
                return false;
            }
            else if (!Fits(context.Compilation, use, match, parameter))
            {
                problem = "its parameter '" + parameter.Name + "' does not take the '" + parameter.Name + "' of " + context.Subject;
                return false;
            }
            else
            {
                bound.Add(match);
            }
        }

        arguments = bound.ToImmutable();
        problem = Unassigned(context, use, arguments);
        return problem is null;
    }

    /// <summary>Whether an argument comes from elsewhere: the decision, or the request that the middleware holds.</summary>
    private static bool IsSupplied(BindingContext context, ValueUse use, IParameterSymbol parameter) =>
        (use == ValueUse.Fallback && parameter.Type.IsDecision())
        || (context.Role == AnnotationRole.Endpoint && parameter.Type.IsHttpContext());

    private static string? Unfit(BindingContext context, ValueUse use, IMethodSymbol function)
    {
        if (function.Arity > 0 && function.Arity != context.TypeParameters.Length)
        {
            return "a generic function needs the type parameters of " + context.Subject;
        }

        if (!function.TypeParameters.Zip(context.TypeParameters, Constraints.Allow).All(allowed => allowed))
        {
            return "its type parameters ask for more than those of " + context.Subject;
        }

        return use != ValueUse.Fallback && (function.ReturnsVoid || function.RefKind != RefKind.None)
            ? "the function must return a value"
            : null;
    }

    private static ISymbol? Match(BindingContext context, IParameterSymbol parameter) =>
        context.Parameters.FirstOrDefault(candidate => candidate.Name == parameter.Name)
        ?? (parameter.Type.IsHttpContext() ? RequestInReach.Of(context) : null);

    private static bool Fits(Compilation compilation, ValueUse use, ISymbol argument, IParameterSymbol to) =>
        argument is IParameterSymbol from ? Fits(compilation, use, from, to) : to.RefKind == RefKind.None;

    private static bool Fits(Compilation compilation, ValueUse use, IParameterSymbol from, IParameterSymbol to) => to.RefKind switch
    {
        RefKind.None => from.RefKind != RefKind.Out && compilation.ClassifyConversion(from.Type, to.Type) is { IsImplicit: true, IsUserDefined: false },
        RefKind.In or RefKind.RefReadOnlyParameter => from.RefKind != RefKind.Out && SameType(from, to),
        _ => use == ValueUse.Fallback && from.RefKind == to.RefKind && SameType(from, to),
    };

    private static bool SameType(IParameterSymbol from, IParameterSymbol to) => SymbolEqualityComparer.Default.Equals(from.Type, to.Type);

    private static string? Unassigned(BindingContext context, ValueUse use, ImmutableArray<ISymbol?> arguments)
    {
        var missing = use != ValueUse.Fallback ? null : context.Parameters.FirstOrDefault(parameter =>
            parameter.RefKind == RefKind.Out && !arguments.Contains(parameter, SymbolEqualityComparer.Default));
        return missing is null ? null : "it must assign the out parameter '" + missing.Name + "'";
    }
}
