using Microsoft.CodeAnalysis;
using SmartRateLimit.Compiling;
using SmartRateLimit.Generators.Tests.Torture;

namespace SmartRateLimit.Generators.Tests;

/// <summary>What people type on the way to a program: cut off, doubled, swapped. Neither generator nor binding may throw.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 10;

    public static TheoryData<string> Cases => [.. Case.Names];

    /// <summary>A hundredth of the shapes at a time, so that a failure is easy to find again.</summary>
    public static TheoryData<int> Batches => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_damaged_case_never_makes_the_generator_throw(string name)
    {
        var project = Case.Project(name);
        var random = new Random(name.Length * 7919);
        for (var i = 0; i < Rounds; i++)
        {
            Run(project with { Files = project.Files.SetItem(project.Files.Length - 1, Damaged.File(project.Files[^1], random)) });
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void A_damaged_shape_never_makes_the_generator_throw(int batch)
    {
        var random = new Random(batch);
        foreach (var shape in TortureTests.Shapes.Where((_, index) => index % 20 == batch))
        {
            var project = CSharpProject.Of([.. shape.Texts]);
            for (var i = 0; i < Rounds; i++)
            {
                Run(project with { Files = [.. project.Files.Select(file => Damaged.File(file, random))] });
            }
        }
    }

    private static void Run(CSharpProject project)
    {
        var run = Generated.From(project);
        Assert.True(run.Result.Exception is null, project.Files[^1].Text + run.Result.Exception);
        _ = Problems.OfAll(run.Compilation).Count();
    }
}
