using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>SRL021 for a class that implements an interface again, whose base implements it by a limited method.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EscapingImplementationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.EscapingOverride];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type is not { TypeKind: TypeKind.Class, BaseType: { } parent })
        {
            return;
        }

        foreach (var member in type.Interfaces.SelectMany(face => face.AllInterfaces.Prepend(face)).SelectMany(face => face.GetMembers()).OfType<IMethodSymbol>())
        {
            if (type.FindImplementationForInterfaceMember(member) is IMethodSymbol { IsOverride: false } method
                && SymbolEqualityComparer.Default.Equals(method.ContainingType, type)
                && parent.FindImplementationForInterfaceMember(member) is IMethodSymbol replaced
                && LimitedMethod.IsLimited(replaced.OriginalDefinition)
                && !method.GetAttributes().Any(KnownTypes.IsRateLimited)
                && !BaseCall.IsIn(method, replaced.Name, context.CancellationToken))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.EscapingOverride,
                    method.Locations[0],
                    replaced.Name,
                    "through " + member.ContainingType.Name + " it is called in place of " + replaced.ContainingType.Name + "." + replaced.Name + "; call base." + replaced.Name + ", or annotate it as well"));
            }
        }
    }
}
