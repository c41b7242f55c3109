using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartRateLimit.Binding;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>Whatever is annotated is generated for, or enforced as an endpoint, or an error: exactly one of the three.</summary>
public sealed class EveryMethodTests
{
    public static TheoryData<string> Kinds => [.. MethodKinds.All.Select(row => row.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_annotated_method_is_generated_or_an_endpoint_or_an_error(string kind)
    {
        var project = Project(kind, MethodKinds.Returns, MethodKinds.Keys);
        var run = Generated.From(project);
        Assert.Null(run.Result.Exception);
        var before = Bind(project.Compile());
        var after = Bind(run.Compilation);

        var limits = Generated.Limits(run).Select(source => source.SyntaxTree).ToHashSet();
        Assert.True(after.Count >= MethodKinds.Keys.Length);
        Assert.All(after, pair =>
        {
            var binding = pair.Value;
            var isGenerated = Part(run.Compilation, binding.Method) is { } part
                && limits.Contains(part.Locations[0].SourceTree!)
                && !IsRefusal(part);
            var isEndpoint = binding.Role == AnnotationRole.Endpoint && !binding.HasErrors;
            Assert.True(new[] { isGenerated, isEndpoint, binding.HasErrors }.Count(x => x) == 1, pair.Key + Describe(binding));
            Assert.Equal(Describe(before[pair.Key]), Describe(binding));
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_generated_compiles(string kind)
    {
        var run = Generated.From(Project(kind, MethodKinds.Returns, MethodKinds.Keys));
        var generated = run.Result.GeneratedSources.Select(source => source.SyntaxTree).ToHashSet();
        Assert.Empty(run.Compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(problem => problem.Severity >= DiagnosticSeverity.Warning && problem.Location.SourceTree is { } tree && generated.Contains(tree))
            .Select(problem => problem.ToString()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_easy_case_of_a_kind_ends_as_expected(string kind)
    {
        var expected = MethodKinds.All.Single(row => row.Kind == kind).Expected;
        var run = Generated.From(Project(kind, ["Task<int>"], ["nameof(id)"]));
        var binding = Assert.Single(Bind(run.Compilation)).Value;
        if (expected == "generated")
        {
            Assert.Single(Generated.Limits(run.AssertClean()));
        }
        else
        {
            Assert.Empty(Generated.Limits(run));
            Assert.Contains(expected, binding.Problems.Select(problem => problem.Id));
        }
    }

    [Theory]
    [InlineData("action")]
    [InlineData("mapped lambda")]
    [InlineData("mapped method")]
    public void An_endpoint_is_silent_when_its_key_is_a_source_or_takes_the_context(string kind) => Assert.All(
        Bind(Project(kind, ["Task<int>"], ["HttpKey.Ip", "nameof(WithContext)", "\"*\""]).Compile()).Values,
        binding => Assert.True(binding is { Role: AnnotationRole.Endpoint, Problems.IsEmpty: true }, Describe(binding)));

    /// <summary>What was written for a method: its other part, or the member of a decorator.</summary>
    private static IMethodSymbol? Part(CSharpCompilation compilation, IMethodSymbol method)
    {
        var face = method.ContainingType;
        return face?.TypeKind == TypeKind.Interface && !method.IsPartialDefinition
            ? compilation.GetSymbolsWithName(DecoratorSite.Name(face), SymbolFilter.Type).OfType<INamedTypeSymbol>()
                .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
                .FirstOrDefault(member => member.Name.Split('.')[^1] == method.Name)
            : method.PartialImplementationPart;
    }

    /// <summary>A method with an error gets a part that only throws, so that the compiler goes on to the analyzers.</summary>
    private static bool IsRefusal(IMethodSymbol part) =>
        part.DeclaringSyntaxReferences[0].GetSyntax(TestContext.Current.CancellationToken) is MethodDeclarationSyntax { Body.Statements: [ThrowStatementSyntax] };

    private static string Describe(MethodBinding binding) =>
        $" {binding.Role}: {string.Join(", ", binding.Problems.Select(problem => $"{problem.Id} {problem.Arguments[0]}: {problem.Arguments[1]}"))}";

    private static CSharpProject Project(string kind, string[] returns, string[] keys) =>
        CSharpProject.Of(MethodKinds.Text(kind, returns, keys)).WithAspNetCore();

    /// <summary>The binding of everything annotated, by where it stands.</summary>
    private static Dictionary<string, MethodBinding> Bind(CSharpCompilation compilation)
    {
        var bindings = new Dictionary<string, MethodBinding>();
        var tree = compilation.SyntaxTrees.First();
        var model = compilation.GetSemanticModel(tree);
        foreach (var attribute in tree.GetRoot().DescendantNodes().OfType<AttributeSyntax>())
        {
            var annotated = attribute.Parent!.Parent!;
            var symbol = annotated is LambdaExpressionSyntax ? model.GetSymbolInfo(annotated).Symbol : model.GetDeclaredSymbol(annotated);
            if (symbol is IMethodSymbol method)
            {
                bindings.Add($"{attribute.SpanStart} {annotated}", MethodBinder.Bind(method, compilation, CancellationToken.None));
            }
        }

        return bindings;
    }
}
