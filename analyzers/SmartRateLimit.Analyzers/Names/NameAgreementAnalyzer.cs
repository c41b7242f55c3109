using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartRateLimit.Binding;

namespace SmartRateLimit.Analyzers;

/// <summary>Reports attributes of one name that disagree, wherever in the project they are written: SRL008.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NameAgreementAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptors.DisagreeingName];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A limited method counts as generated as soon as its other part is.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.Attribute);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var attribute = (AttributeSyntax)context.Node;
        var (model, token) = (context.SemanticModel, context.CancellationToken);
        if (NamedLimits.IsNamed(attribute)
            && model.GetSymbolInfo(attribute, token).Symbol is IMethodSymbol { ContainingType: var type }
            && type.Is("SmartRateLimit", "RateLimitedAttribute")
            && NamedLimits.Argument(attribute, "Name", model, token) is string { Length: > 0 } name
            && NamedLimits.Of(context.Compilation, token).Against(attribute, name, model, token) is { } first
            && first.Parent?.Parent != attribute.Parent?.Parent)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.DisagreeingName,
                attribute.GetLocation(),
                [first.GetLocation()],
                name,
                "attributes of one name share a bucket, and the one at " + Place(first) + " gives it other numbers"));
        }
    }

    private static string Place(AttributeSyntax attribute)
    {
        var line = attribute.GetLocation().GetLineSpan();
        return Path.GetFileName(line.Path) + ":" + (line.StartLinePosition.Line + 1);
    }
}
