using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Reports synchronous limited methods of a compilation that sets up a remote backend: SRL016.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.BlockingCall];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A limited method counts as generated as soon as its other part is.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is null
            && IsLimited(method)
            && ReturnBinding.Of(method).Shape == ReturnShape.Synchronous
            && RoleBinder.RoleOf(method, context.Compilation, context.CancellationToken) is AnnotationRole.PartialMethod or AnnotationRole.InterfaceMember
            && RemoteBackends.Of(context.Compilation, context.CancellationToken) is { Length: > 0 } setUp)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.BlockingCall,
                method.Locations[0],
                method.Name,
                "this project sets up a remote backend (" + setUp + "), whose answer a synchronous method can only wait for; return a Task or ValueTask"));
        }
    }

    private static bool IsLimited(IMethodSymbol method) =>
        method.GetAttributes().Any(KnownTypes.IsRateLimited)
        || (method is { MethodKind: MethodKind.Ordinary, IsStatic: false, ContainingType: { TypeKind: TypeKind.Interface } face } && face.GetAttributes().Any(KnownTypes.IsRateLimited));
}
