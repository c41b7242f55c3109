using Microsoft.CodeAnalysis;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Knows limited methods and their bodies, in this compilation and in others.</summary>
internal static class LimitedMethod
{
    private const string Suffix = "Core";

    /// <summary>Whether the generator writes, or wrote, the code that limits a method.</summary>
    public static bool IsLimited(IMethodSymbol method) =>
        method.GetAttributes().Any(KnownTypes.IsRateLimited)
        && (method.IsPartialDefinition || method.PartialDefinitionPart is not null || KnownTypes.IsGenerated(method));

    /// <summary>The limited method whose body a method is; <see langword="null"/> when it is none's.</summary>
    public static IMethodSymbol? WithBody(IMethodSymbol core)
    {
        if (core.Name.Length <= Suffix.Length || !core.Name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = core.Name.Substring(0, core.Name.Length - Suffix.Length);
        for (var body = core.OriginalDefinition; body is not null; body = body.OverriddenMethod?.OriginalDefinition)
        {
            if (body.ContainingType.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(method => IsLimited(method) && CoreBinder.HasSignatureOf(body, method)) is { } limited)
            {
                return limited;
            }
        }

        return null;
    }

    /// <summary>The body of a limited method; <see langword="null"/> when it cannot be found, as a private one in another assembly.</summary>
    public static IMethodSymbol? BodyOf(IMethodSymbol method) => method.ContainingType
        .GetMembers(method.Name + Suffix)
        .OfType<IMethodSymbol>()
        .FirstOrDefault(core => CoreBinder.HasSignatureOf(core, method));
}
