using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Binding;

/// <summary>Finds the method that holds the author's body: SRL011.</summary>
internal static class CoreBinder
{
    private static readonly SymbolDisplayFormat Shown = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeRef)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut);

    public static IMethodSymbol? Bind(BindingContext context)
    {
        var method = context.Method;
        var name = method.Name + "Core";
        var candidates = method.ContainingType.GetMembers(name).OfType<IMethodSymbol>()
            .Where(candidate => candidate.MethodKind == MethodKind.Ordinary)
            .ToList();
        var core = candidates.FirstOrDefault(candidate => HasSignatureOf(candidate, method));
        if (core is null)
        {
            Report(context, name, candidates.Count == 0 ? ProblemProperty.CauseMissing : ProblemProperty.CauseSignature, candidates.Count == 0
                ? "the body belongs in a private method, and there is none; it would be: " + Expected(method, name)
                : "its type parameters, parameters and return type must be those of " + method.Name + ": " + Expected(method, name));
            return null;
        }

        if (method.IsStatic && !core.IsStatic)
        {
            Report(context, name, ProblemProperty.CauseSignature, "it must be static, as " + method.Name + " is");
        }

        if (method.IsReadOnly && !core.IsReadOnly && !core.IsStatic)
        {
            Report(context, name, ProblemProperty.CauseSignature, "it must be readonly, as " + method.Name + " is");
        }

        if (CoreScope.ReasonAgainst(core, method) is { } reason)
        {
            Report(context, name, ProblemProperty.CauseSignature, reason);
        }

        if (!IsHidden(core, method))
        {
            Report(context, name, ProblemProperty.CauseVisible, "it must be private, or protected when " + method.Name + " is virtual, or else callers could go round the limit");
        }

        return core;
    }

    private static void Report(BindingContext context, string name, string cause, string message)
    {
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(ProblemProperty.Name, name)
            .Add(ProblemProperty.Cause, cause);
        context.Report(ProblemId.NoCore, context.Location, name, message, properties);
    }

    private static string Expected(IMethodSymbol method, string name)
    {
        var visibility = method.IsVirtual || method.IsOverride ? "protected virtual " : "private ";
        var modifiers = visibility + (method.IsStatic ? "static " : string.Empty) + (method is { IsReadOnly: true, ContainingType.IsReadOnly: false } ? "readonly " : string.Empty);
        var shown = method.ToDisplayString(Shown);
        var start = shown.IndexOf(method.Name + (method.Arity > 0 ? "<" : "("), StringComparison.Ordinal);
        return start < 0 ? modifiers + shown : modifiers + shown.Substring(0, start) + name + shown.Substring(start + method.Name.Length);
    }

    private static bool IsHidden(IMethodSymbol core, IMethodSymbol method) => core.DeclaredAccessibility switch
    {
        Accessibility.Private => true,
        Accessibility.Protected or Accessibility.ProtectedAndInternal => method.IsVirtual || method.IsOverride,
        _ => false,
    };

    /// <summary>Whether a method can be the body of another.</summary>
    public static bool HasSignatureOf(IMethodSymbol core, IMethodSymbol method)
    {
        if (core.Arity != method.Arity || core.Parameters.Length != method.Parameters.Length)
        {
            return false;
        }

        if (core.Arity > 0)
        {
            core = core.Construct([.. method.TypeParameters]);
        }

        return core.TypeParameters.Zip(method.TypeParameters, (a, b) => Constraints.Allow(a, b)).All(allowed => allowed)
            && core.RefKind == method.RefKind
            && SymbolEqualityComparer.Default.Equals(core.ReturnType, method.ReturnType)
            && core.Parameters.Zip(method.Parameters, (a, b) => a.RefKind == b.RefKind && SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(same => same);
    }
}
