using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
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
            || site.Model.GetDeclaredSymbol(declaration, cancellationToken) is not IMethodSymbol method)
        {
            yield break;
        }

        var core = new CoreMethod(declaration, method, site.Model);
        if (!core.Exists)
        {
            yield return new FixOffer($"Generate '{core.Name}'", "generate", Generate(declaration, core, site));
        }
        else if (site.Cause == ProblemProperty.CauseVisible && CoreHiding.Edits(method, core.Name, site).ToImmutableArray() is { IsEmpty: false } edits)
        {
            yield return new FixOffer($"Hide '{core.Name}'", "hide", edits);
        }
    }

    private static ImmutableArray<TextChange> Generate(MethodDeclarationSyntax declaration, CoreMethod core, FixSite site)
    {
        var edits = new List<TextChange>();
        var exception = Usings.Import("System", nameof(NotImplementedException), declaration, site, edits);
        var newLine = site.Text.NewLineAt(declaration.SpanStart);
        var indent = site.Text.IndentAt(declaration.SpanStart);
        edits.Add(TextEdits.Insert(
            site.Text.EndOfLineWithin(declaration),
            $"{newLine}{newLine}{indent}{core.Declaration} => throw new {exception}();"));
        return [.. edits];
    }
}
