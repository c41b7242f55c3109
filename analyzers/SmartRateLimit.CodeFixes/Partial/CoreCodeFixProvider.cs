using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL011: generates a missing body, or hides one that others can call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class CoreCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.NoCore];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken)
    {
        if (site.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration
            || site.Model.GetDeclaredSymbol(declaration, cancellationToken) is not { } method)
        {
            yield break;
        }

        if (IsVisible(site.Diagnostic))
        {
            foreach (var offer in CoreVisibility.Hide(declaration, method))
            {
                yield return offer;
            }

            yield break;
        }

        var core = new CoreMethod(declaration, method, site.Model);
        yield return new FixOffer($"Generate '{core.Name}'", "generate", [CoreGeneration.After(declaration, core, site)]);
    }

    private static bool IsVisible(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(ProblemProperty.Cause, out var cause) && cause == ProblemProperty.CauseVisible;
}
