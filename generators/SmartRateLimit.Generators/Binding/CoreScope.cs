using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Compares how far references may go: what a body returns must live where the method may hand it on.</summary>
internal static class CoreScope
{
    /// <summary>Why the method cannot return what its body returns; <see langword="null"/> when it can.</summary>
    public static string? ReasonAgainst(IMethodSymbol core, IMethodSymbol method)
    {
        if (!ReturnsReference(method))
        {
            return null;
        }

        if (IsUnscoped(core) && !IsUnscoped(method))
        {
            return "it must not be [UnscopedRef], as " + method.Name + " is not";
        }

        var wider = method.Parameters.Zip(core.Parameters, (parameter, taken) => (parameter, taken))
            .FirstOrDefault(pair => pair.parameter.ScopedKind > pair.taken.ScopedKind)
            .parameter;
        return wider is null ? null : "its parameter '" + wider.Name + "' must be scoped, as that of " + method.Name + " is";
    }

    private static bool ReturnsReference(IMethodSymbol method) =>
        method.RefKind != RefKind.None || method.ReturnType is { IsRefLikeType: true } or ITypeParameterSymbol { AllowsRefLikeType: true };

    private static bool IsUnscoped(IMethodSymbol method) =>
        method.GetAttributes().Any(attribute => attribute.AttributeClass.Is("System.Diagnostics.CodeAnalysis", "UnscopedRefAttribute"));
}
