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
        if (site.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            && site.Model.GetDeclaredSymbol(method, cancellationToken) is IMethodSymbol symbol)
        {
            return site.Cause == ProblemProperty.CauseImplemented ? Implemented(method, symbol, site) : NotPartial(method, symbol, site);
        }

        return [];
    }

    private static IEnumerable<FixOffer> NotPartial(MethodDeclarationSyntax method, IMethodSymbol symbol, FixSite site)
    {
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
                [.. ContainingTypes.MakePartial(method), .. PartialRewrite.Head(method), .. PartialRewrite.Body(method, core, site)]);
        }
    }

    /// <summary>Attributes of the implementing part would be lost, and another document is out of reach: nothing is offered then.</summary>
    private static IEnumerable<FixOffer> Implemented(MethodDeclarationSyntax method, IMethodSymbol symbol, FixSite site)
    {
        if (symbol.PartialImplementationPart?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax { AttributeLists.Count: 0 } implementation
            && implementation.SyntaxTree == method.SyntaxTree
            && new CoreMethod(implementation, symbol, site.Model) is { Exists: false } core)
        {
            yield return new FixOffer($"Make the implementing part '{core.Name}'", "partial", [PartialRewrite.Rename(implementation, core)]);
        }
    }
}
