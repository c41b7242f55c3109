using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL017: names the bound parameter in place of the raw text, and makes the handler partial where it is not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RawKeyCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.RawKey];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken)
    {
        if (site.Diagnostic.Properties.TryGetValue(ProblemProperty.Name, out var parameter) && parameter is not null
            && site.Node.FirstAncestorOrSelf<AttributeSyntax>()?.Parent?.Parent is MethodDeclarationSyntax method
            && site.Model.GetDeclaredSymbol(method, cancellationToken) is IMethodSymbol symbol
            && Key(site, parameter) is { } key)
        {
            var core = new CoreMethod(method, symbol, site.Model);
            if (symbol.IsPartialDefinition)
            {
                yield return new FixOffer($"Use the parameter '{parameter}' as the key", "key", [key]);
            }
            else if (PartialRewrite.HasBody(method) && !core.Exists)
            {
                yield return new FixOffer(
                    $"Make '{symbol.Name}' partial and use the parameter '{parameter}' as the key",
                    "partial",
                    [key, .. ContainingTypes.MakePartial(method), .. PartialRewrite.Head(method), .. PartialRewrite.Body(method, core, site)]);
            }
        }
    }

    /// <summary>A whole literal becomes <c>nameof</c>; inside a longer key the parameter's name is enough.</summary>
    private static TextChange? Key(FixSite site, string parameter)
    {
        var span = site.Diagnostic.Location.SourceSpan;
        var token = site.Root.FindToken(span.Start);
        return token.Value switch
        {
            string when span.Start == token.SpanStart + 1 && span.End == token.Span.End - 1 => new TextChange(token.Span, "nameof(" + Names.Escaped(parameter) + ")"),
            string when token.SpanStart < span.Start && span.End < token.Span.End => new TextChange(span, parameter),
            _ => null,
        };
    }
}
