using System.Collections.Frozen;
using Microsoft.CodeAnalysis;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests.Torture;

/// <summary>Whatever C# allows to be annotated either is limited, without a warning, or carries the error that its page explains.</summary>
public sealed class TortureTests
{
    private static readonly FrozenDictionary<string, Shape> All = new[]
    {
        ParameterShapes.All, ReturnShapes.All, TypeShapes.All, MethodShapes.All, KeyShapes.All, InterfaceShapes.All, NameShapes.All, PatternShapes.All, ScopeShapes.All, RefusedShapes.All,
    }.SelectMany(shapes => shapes).ToFrozenDictionary(shape => shape.Name);

    public static IEnumerable<Shape> Shapes => All.Values.OrderBy(shape => shape.Name, StringComparer.Ordinal);

    public static TheoryData<string> LimitedShapes => [.. All.Values.Where(shape => shape.Error is null).Select(shape => shape.Name).Order(StringComparer.Ordinal)];

    public static TheoryData<string> RefusedShapesByName => [.. All.Values.Where(shape => shape.Error is not null).Select(shape => shape.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(LimitedShapes))]
    public async Task A_shape_compiles_without_a_warning_and_is_limited(string name)
    {
        var shape = All[name];
        using var assembly = Generated.From(Project(shape, Case.ProbeText, shape.Program)).Load();

        var said = assembly.Call("Torture", "Run");

        Assert.Equal("done done rejected", said is Task<string> task ? await task : said);
    }

    [Theory]
    [MemberData(nameof(RefusedShapesByName))]
    public void A_shape_that_cannot_be_limited_has_an_error_that_its_page_explains(string name)
    {
        var shape = All[name];
        var run = Generated.From(Project(shape));

        Assert.Null(run.Result.Exception);
        Assert.Empty(Generated.Limits(run));
        Assert.Equal(shape.Error, Assert.Single(Problems.OfAll(run.Compilation).Distinct()));
        Assert.Contains(shape.Reason!, File.ReadAllText(TestFolder.PathOf("..", "..", "docs", "diagnostics", shape.Error + ".md")), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_enough_shapes()
    {
        Assert.True(All.Count >= 150, $"{All.Count}");
        Assert.True(LimitedShapes.Count >= 120, $"{LimitedShapes.Count}");
    }

    private static CSharpProject Project(Shape shape, params string[] more) =>
        CSharpProject.Of([.. shape.Texts, "global using System.Linq;", .. more]) with { AllowUnsafe = true };
}
