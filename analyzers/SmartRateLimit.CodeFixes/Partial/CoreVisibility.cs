using Microsoft.CodeAnalysis;

namespace SmartRateLimit.CodeFixes;

/// <summary>Who may see a body: nobody, or the heirs of a virtual method, who override the body and so keep the limit.</summary>
internal static class CoreVisibility
{
    public static IEnumerable<string> Of(IMethodSymbol method, string coreName) => method switch
    {
        { IsVirtual: true } => ["protected", "virtual"],
        _ when IsOverride(method, coreName) => ["protected", "override"],
        _ => ["private"],
    };

    /// <summary>Whether the method overrides one whose body may be overridden too.</summary>
    public static bool IsOverride(IMethodSymbol method, string coreName) =>
        method.OverriddenMethod is { } overridden
        && overridden.ContainingType.GetMembers(coreName).OfType<IMethodSymbol>().Any(core => IsOverridable(core) && Signatures.AreEqual(core, overridden));

    private static bool IsOverridable(IMethodSymbol core) =>
        (core.IsVirtual || core.IsOverride || core.IsAbstract) && !core.IsSealed && core.DeclaredAccessibility == Accessibility.Protected;
}
