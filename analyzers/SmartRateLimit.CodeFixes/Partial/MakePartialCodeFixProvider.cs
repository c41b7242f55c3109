using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL010: makes a method and its types partial and moves the body to <c>…Core</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakePartialCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.NotPartial];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken)
    {
        if (site.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || site.Model.GetDeclaredSymbol(method, cancellationToken) is not IMethodSymbol symbol
            || site.Cause == ProblemProperty.CauseImplemented)
        {
            yield break;
        }

        var core = new CoreMethod(method, symbol, site.Model);
        if (!PartialRewrite.HasBody(method))
        {
            yield return new FixOffer(
                $"Make '{symbol.Name}' partial with an accessibility modifier",
                "partial",
                [.. ContainingTypes.MakePartial(method), .. PartialRewrite.Head(method)]);
        }
        else if (!core.Exists)
        {
            yield return new FixOffer(
                $"Make '{symbol.Name}' partial and move its body to '{core.Name}'",
                "partial",
                [.. ContainingTypes.MakePartial(method), .. PartialRewrite.Head(method), .. PartialRewrite.Body(method, core, site.Text)]);
        }
    }
}
