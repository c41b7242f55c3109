using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL004: adds a key.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class KeyCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.NoKey];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken) =>
        site.Node.FirstAncestorOrSelf<AttributeSyntax>() is { ArgumentList: { } arguments } attribute && LastPositional(arguments) is { } last
            ? KeyChoices.At(attribute, site).Select(key => new FixOffer(
                $"Add Key = {key}", key, [TextEdits.Insert(last.Span.End, $", Key = {key}")]))
            : [];

    private static AttributeArgumentSyntax? LastPositional(AttributeArgumentListSyntax arguments) =>
        arguments.Arguments.LastOrDefault(argument => argument.NameEquals is null);
}
