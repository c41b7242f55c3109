using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;
using SmartRateLimit.Compiling;
using SmartRateLimit.Generators;
using SmartRateLimit.Generators.Tests;

namespace SmartRateLimit.Analyzers.Tests;

/// <summary>Every annotated symbol is generated for, enforced as an endpoint, or carries an error that is reported: exactly one of these.</summary>
public sealed class NothingIsSilentlyUnlimitedTests
{
    public static TheoryData<string> Kinds => [.. MethodKinds.All.Select(row => row.Kind)];

    // Seen to fail: one of the diagnostics, SRL013, was found and not reported.
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_annotation_is_generated_for_or_enforced_or_an_error(string kind)
    {
        var project = CSharpProject.Of(MethodKinds.Text(kind, MethodKinds.Returns, MethodKinds.Keys)).WithAspNetCore();
        var compilation = GeneratorRun.Of(project, new RateLimitedGenerator()).Compilation;
        var errors = (await AnalyzerRun.ReportsAsync(compilation, project.EditorConfig, Check.Analyzers, TestContext.Current.CancellationToken))
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToArray();

        var fates = Annotated(compilation).Select(place => Fate.Of(compilation, place.Function, place.Around, errors)).ToArray();

        Assert.NotEmpty(fates);
        Assert.All(fates, fate => Assert.Equal(1, fate.Count));
        Assert.Contains(fates, fate => fate.IsError);
        if (MethodKinds.All.Single(row => row.Kind == kind).Expected == "generated")
        {
            Assert.Contains(fates, fate => fate.IsGenerated);
        }
    }

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
                yield return (function, target.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Last());
            }
        }
    }

    private sealed record Fate(bool IsGenerated, bool IsEnforced, bool IsError, string Text)
    {
        public int Count => (IsGenerated ? 1 : 0) + (IsEnforced ? 1 : 0) + (IsError ? 1 : 0);

        public static Fate Of(CSharpCompilation compilation, IMethodSymbol function, SyntaxNode around, Diagnostic[] errors)
        {
            var isError = errors.Any(error => around.Span.Contains(error.Location.SourceSpan));
            var isInterface = function.ContainingType?.TypeKind == TypeKind.Interface && !function.IsPartialDefinition;
            var isEndpoint = !isInterface && !function.IsPartialDefinition && EndpointPredicate.IsEndpoint(function, compilation, TestContext.Current.CancellationToken);
            var isGenerated = (isInterface ? Decorating(compilation, function) : function.PartialImplementationPart) is { } part
                && part.Locations[0].SourceTree != around.SyntaxTree
                && !IsRefusal(part);
            return new Fate(isGenerated, isEndpoint && !isError, isError, around.ToString());
        }

        private static IMethodSymbol? Decorating(CSharpCompilation compilation, IMethodSymbol method) => compilation
            .GetSymbolsWithName(DecoratorSite.Name(method.ContainingType), SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .FirstOrDefault(member => member.Name.Split('.')[^1] == method.Name);

        /// <summary>A method with an error gets a part that only throws, so that the compiler goes on to the analyzers.</summary>
        private static bool IsRefusal(IMethodSymbol part) =>
            part.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax { Body.Statements: [ThrowStatementSyntax] };
    }
}
