using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;
using SmartRateLimit.Compiling;
using SmartRateLimit.Generators;

namespace SmartRateLimit.Analyzers.Tests.Coverage;

/// <summary>Every annotated symbol is generated for, enforced as an endpoint, or carries an error: exactly one of these.</summary>
public sealed class NothingIsSilentlyUnlimitedTests
{
    private const string Usings = "using Microsoft.AspNetCore.Builder;\n";

    private static readonly HashSet<string> NeverGenerated = new(StringComparer.Ordinal)
    {
        "no core", "other core", "public core", "type not partial", "no accessibility", "implemented by hand", "plain", "abstract",
        "interface member", "default interface member", "explicit interface", "local function", "lambda", "accessor", "operator",
        "action", "private method of a controller", "mapped lambda", "mapped method group", "mapped local function",
    };

    public static TheoryData<string> Kinds => [.. MethodKinds.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_annotation_is_generated_for_or_enforced_or_an_error(string kind)
    {
        var project = CSharpProject.Of(Usings + Combinations.Text(MethodKinds.All[kind])).WithAspNetCore();
        var compilation = GeneratorRun.Of(project, new RateLimitedGenerator()).Compilation;
        var errors = (await AnalyzerRun.ReportsAsync(compilation, project.EditorConfig, Check.Analyzers, TestContext.Current.CancellationToken))
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToArray();

        var outcomes = Annotated(compilation).Select(place => Outcome(compilation, place.Function, place.Around, errors)).ToArray();

        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, outcome => Assert.Equal(1, outcome.Count));
        Assert.Contains(outcomes, outcome => outcome.IsError);
        Assert.Equal(!NeverGenerated.Contains(kind), outcomes.Any(outcome => outcome.IsGenerated));
    }

    private static Fate Outcome(CSharpCompilation compilation, IMethodSymbol function, SyntaxNode around, Diagnostic[] errors)
    {
        var isError = errors.Any(error => around.Span.Contains(error.Location.SourceSpan));
        var isEndpoint = !function.IsPartialDefinition && EndpointPredicate.IsEndpoint(function, compilation, TestContext.Current.CancellationToken);
        var isGenerated = function.PartialImplementationPart is { } part && part.Locations[0].SourceTree != around.SyntaxTree && !IsRefusal(part);
        return new Fate(isGenerated, isEndpoint && !isError, isError, around.ToString());
    }

    /// <summary>A method with an error gets a part that only throws, so that the compiler goes on to the analyzers.</summary>
    private static bool IsRefusal(IMethodSymbol part) =>
        part.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax { Body.Statements: [ThrowStatementSyntax] };

    private static IEnumerable<(IMethodSymbol Function, SyntaxNode Around)> Annotated(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees.First();
        var model = compilation.GetSemanticModel(tree);
        foreach (var attribute in tree.GetRoot().DescendantNodes().OfType<AttributeSyntax>())
        {
            var target = attribute.Parent!.Parent!;
            var symbol = target is LambdaExpressionSyntax ? model.GetSymbolInfo(target).Symbol : model.GetDeclaredSymbol(target);
            if (symbol is IMethodSymbol function)
            {
                yield return (function, target.FirstAncestorOrSelf<NamespaceDeclarationSyntax>()!);
            }
        }
    }

    private sealed record Fate(bool IsGenerated, bool IsEnforced, bool IsError, string Text)
    {
        public int Count => (IsGenerated ? 1 : 0) + (IsEnforced ? 1 : 0) + (IsError ? 1 : 0);
    }
}
