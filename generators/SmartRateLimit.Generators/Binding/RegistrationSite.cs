using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>From where generated code can reach an endpoint's function: from anywhere, from a part of its type, or not at all.</summary>
internal static class RegistrationSite
{
    /// <returns>Why the function cannot be registered; <see langword="null"/> when it can.</returns>
    public static string? Obstacle(IMethodSymbol function, Compilation compilation, CancellationToken cancellationToken)
    {
        if (function.IsGenericMethod || Around(function).Any(type => type.IsGenericType))
        {
            return "generated code cannot choose type arguments for it; move it to a class that is not generic, and name that class as KeyType";
        }

        if (Around(function).Any(type => type.IsFileLocal))
        {
            return "generated code lies in another file and cannot reach a file-local type";
        }

        return compilation.IsSymbolAccessibleWithin(function, compilation.Assembly) || CanBeExtended(function, compilation, cancellationToken)
            ? null
            : "it must be accessible to generated code: make it internal";
    }

    /// <summary>Whether only a part of the function's own type reaches it.</summary>
    public static bool NeedsPart(IMethodSymbol function, Compilation compilation) =>
        !compilation.IsSymbolAccessibleWithin(function, compilation.Assembly);

    /// <summary>Whether a module initializer can stand in the function's type.</summary>
    private static bool CanBeExtended(IMethodSymbol function, Compilation compilation, CancellationToken cancellationToken) =>
        compilation.IsSymbolAccessibleWithin(function.ContainingType, compilation.Assembly)
        && Around(function).All(type => !type.DeclaringSyntaxReferences.IsEmpty && RoleBinder.IsPartial(type, cancellationToken));

    private static IEnumerable<INamedTypeSymbol> Around(IMethodSymbol function)
    {
        for (var type = function.ContainingType; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }
}
