using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Binding;

namespace SmartRateLimit.CodeFixes;

/// <summary>SRL030: registers the decorator, or wraps a new object in it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class BareImplementationCodeFixProvider : OfferingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ProblemId.BareImplementation];

    internal override IEnumerable<FixOffer> Offers(FixSite site, CancellationToken cancellationToken) => site.Node switch
    {
        BaseObjectCreationExpressionSyntax creation => Wrap(creation, site, cancellationToken),
        InvocationExpressionSyntax invocation => Register(invocation, site, cancellationToken),
        ArgumentSyntax { Expression: BaseObjectCreationExpressionSyntax creation } => Wrap(creation, site, cancellationToken),
        ArgumentSyntax { Expression: InvocationExpressionSyntax invocation } => Register(invocation, site, cancellationToken),
        _ => [],
    };

    /// <summary>Only where the interface is wanted anyway: a decorator is no implementation's type.</summary>
    private static IEnumerable<FixOffer> Wrap(BaseObjectCreationExpressionSyntax creation, FixSite site, CancellationToken cancellationToken)
    {
        var info = site.Model.GetTypeInfo(creation, cancellationToken);
        if (info.ConvertedType is INamedTypeSymbol { TypeKind: TypeKind.Interface } face
            && DecoratorSite.IsAnnotated(face.OriginalDefinition)
            && info.Type is { } type)
        {
            var arguments = face.TypeArguments.IsEmpty
                ? string.Empty
                : "<" + string.Join(", ", face.TypeArguments.Select(argument => argument.ToMinimalDisplayString(site.Model, creation.SpanStart))) + ">";
            var decorator = Decorator(face, creation, site.Model) + arguments;
            var explicitly = creation is ImplicitObjectCreationExpressionSyntax { NewKeyword: var keyword }
                ? [TextEdits.Insert(keyword.Span.End, " " + type.ToMinimalDisplayString(site.Model, creation.SpanStart))]
                : Array.Empty<TextChange>();
            yield return new FixOffer(
                $"Wrap it in '{DecoratorSite.Name(face)}'",
                "wrap",
                [TextEdits.Insert(creation.SpanStart, "new " + decorator + "("), .. explicitly, TextEdits.Insert(creation.Span.End, ")")]);
        }
    }

    private static string Decorator(INamedTypeSymbol face, SyntaxNode place, SemanticModel model)
    {
        var shown = face.ToMinimalDisplayString(model, place.SpanStart).Split('<')[0];
        return shown.Substring(0, shown.Length - face.Name.Length) + DecoratorSite.Name(face);
    }

    private static IEnumerable<FixOffer> Register(InvocationExpressionSyntax call, FixSite site, CancellationToken cancellationToken)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name: GenericNameSyntax { TypeArgumentList.Arguments.Count: 2 } name } access
            || site.Model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { ReducedFrom: not null })
        {
            yield break;
        }

        if (Registration.Of(name.Identifier.ValueText) is { } registration)
        {
            yield return new FixOffer("Register it with its limit", "register", Replace(call, name, registration, site));
        }
        else if (call.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax statement)
        {
            var newLine = site.Text.NewLineAt(statement.SpanStart) + site.Text.IndentAt(statement.SpanStart);
            var edits = new List<TextChange>();
            _ = Lifetime(call, site, edits);
            edits.Add(TextEdits.Insert(statement.Span.End, $"{newLine}{access.Expression}.AddRateLimited{name.TypeArgumentList}();"));
            yield return new FixOffer("Register its limit after it", "after", [.. edits]);
        }
    }

    private static ImmutableArray<TextChange> Replace(InvocationExpressionSyntax call, GenericNameSyntax name, Registration registration, FixSite site)
    {
        var edits = new List<TextChange>();
        var lifetime = Lifetime(call, site, edits) + "." + registration.Lifetime;
        edits.Add(new TextChange(name.Identifier.Span, registration.IsKeyed ? "AddKeyedRateLimited" : "AddRateLimited"));
        edits.Add(TextEdits.Insert(call.ArgumentList.CloseParenToken.SpanStart, (call.ArgumentList.Arguments.Count > 0 ? ", " : string.Empty) + lifetime));
        return [.. edits];
    }

    /// <summary>The type whose namespace also has the methods that register a decorator.</summary>
    private static string Lifetime(SyntaxNode place, FixSite site, ICollection<TextChange> edits) =>
        Usings.Import("Microsoft.Extensions.DependencyInjection", "ServiceLifetime", place, site, edits);
}
