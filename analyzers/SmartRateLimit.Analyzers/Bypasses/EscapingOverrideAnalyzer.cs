using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Reports overrides of limited methods that neither are limited themselves nor call what they override: SRL021.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EscapingOverrideAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.EscapingOverride];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!method.IsOverride
            || method.PartialDefinitionPart is not null
            || method.GetAttributes().Any(KnownTypes.IsRateLimited)
            || Overridden(method).FirstOrDefault(LimitedMethod.IsLimited) is not { } limited
            || BaseCall.IsIn(method, method.Name, context.CancellationToken))
        {
            return;
        }

        var core = LimitedMethod.BodyOf(limited);
        var canOverride = core is { IsSealed: false } and ({ IsVirtual: true } or { IsOverride: true }) && context.Compilation.IsSymbolAccessibleWithin(core, method.ContainingType);
        var properties = canOverride
            ? ImmutableDictionary<string, string?>.Empty
                .Add(ProblemProperty.Name, core!.Name)
                .Add(ProblemProperty.Accessibility, SyntaxFacts.GetText(core.DeclaredAccessibility))
            : ImmutableDictionary<string, string?>.Empty;
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.EscapingOverride,
            method.Locations[0],
            properties,
            method.Name,
            canOverride
                ? "override " + core!.Name + " instead"
                : "call base." + method.Name + ", or make " + method.Name + "Core protected virtual in " + limited.ContainingType.Name + " and override that"));
    }

    private static IEnumerable<IMethodSymbol> Overridden(IMethodSymbol method)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            yield return current.OriginalDefinition;
        }
    }
}
