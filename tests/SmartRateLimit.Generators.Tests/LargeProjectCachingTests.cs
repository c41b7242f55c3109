using Microsoft.CodeAnalysis;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>In a project of 1 000 limited methods an edit costs what was edited: nothing else is written again.</summary>
public sealed class LargeProjectCachingTests
{
    [Fact]
    public void Every_method_of_a_large_project_is_limited()
    {
        var run = Generated.From(LargeProject.Limited).AssertClean();

        Assert.Equal(
            LargeProject.Files * LargeProject.MethodsPerFile,
            Generated.Limits(run).Sum(source => source.SourceText.ToString().Split("RateLimitPolicy.Parse(").Length - 1));
    }

    [Fact]
    public void After_an_edit_elsewhere_every_step_is_cached_or_unchanged()
    {
        var second = Edited(LargeProject.Unrelated, "=> 1", "=> 2");

        Assert.Equal(LargeProject.Files, second.Reasons(RateLimitedGenerator.ModelStep).Length);
        Assert.All(
            new[] { RateLimitedGenerator.BindingStep, RateLimitedGenerator.ModelStep, RateLimitedGenerator.WatchStep, RateLimitedGenerator.ClosedDecoratorStep },
            step => Assert.All(second.Reasons(step), AssertKept));
        Assert.True(Outputs(second).Length >= LargeProject.Files);
        Assert.All(Outputs(second), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Theory]
    [InlineData("public static int Number", "public static class Another; public static int Number")]
    [InlineData("namespace Acme;", "namespace Acme; public delegate void Handler();")]
    public void After_a_new_declaration_elsewhere_nothing_is_written_again(string from, string to) =>
        Assert.All(Outputs(Edited(LargeProject.Unrelated, from, to)), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

    [Fact]
    public void After_an_edit_of_one_method_only_its_type_is_written_again()
    {
        var second = Edited(LargeProject.File(7), "\"100/m\"", "\"101/m\"");

        Assert.Equal(1, second.Reasons(RateLimitedGenerator.ModelStep).Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.True(Outputs(second).Length >= LargeProject.Files);
        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(Outputs(second), reason => reason != IncrementalStepRunReason.Cached));
    }

    private static void AssertKept(IncrementalStepRunReason reason) =>
        Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged });

    private static IncrementalStepRunReason[] Outputs(GeneratorRun run) =>
        [.. run.Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static GeneratorRun Edited(string file, string from, string to) => Generated.From(LargeProject.Limited).After(compilation =>
    {
        var tree = compilation.SyntaxTrees.Single(candidate => Path.GetFileName(candidate.FilePath) == file);
        var text = tree.GetText(TestContext.Current.CancellationToken);
        var start = text.ToString().IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, from);
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.Replace(start, from.Length, to)));
    });
}
