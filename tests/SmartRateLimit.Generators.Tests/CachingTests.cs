using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>In both directions: what does not matter is not written again, and what matters is.</summary>
public sealed class CachingTests
{
    private const string Service = """
        public partial class Service(IRateLimiter limiter)
        {
            [RateLimited("5/m", Key = nameof(tenant))]
            public partial int Get(string tenant);

            private int GetCore(string tenant) => tenant.Length;
        }
        """;

    public static TheoryData<string, string> RelatedEdits => new()
    {
        { "\"5/m\"", "\"6/m\"" },
        { "nameof(tenant)", "\"*\"" },
        { "int Get(string tenant)", "int Get(string tenant, int more = 0)" },
        { "IRateLimiter limiter", "IRateLimiter other" },
        { "GetCore(string tenant) =>", "GetOther(string tenant) =>" },
        { "public partial int", "internal partial int" },
        { "class Service", "class Renamed" },
        { "public partial class", "namespace Acme; public partial class" },
        { "private int GetCore", "private IRateLimiter _field = null!; private int GetCore" },
    };

    public static TheoryData<string> Steps => [RateLimitedGenerator.BindingStep, RateLimitedGenerator.ModelStep];

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_unrelated_file_changes_no_step(string step)
    {
        var second = Generated.From(Service).After(compilation => compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("class Unrelated;", CSharpParseOptions.Default, "Unrelated.cs", cancellationToken: TestContext.Current.CancellationToken)));
        AssertUnchanged(second, step);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_edit_of_the_body_changes_no_step(string step) =>
        AssertUnchanged(Edited("tenant.Length", "tenant.Length + 1"), step);

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_comment_before_the_method_changes_no_step(string step) =>
        AssertUnchanged(Edited("    [RateLimited", "    // A comment.\n\n    [RateLimited"), step);

    [Fact]
    public void An_unrelated_edit_writes_no_file_again() => Assert.All(
        Edited("tenant.Length", "tenant.Length + 1").Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs),
        output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));

    [Theory]
    [MemberData(nameof(RelatedEdits))]
    public void A_related_edit_changes_the_model(string from, string to) =>
        Assert.All(Edited(from, to).Reasons(RateLimitedGenerator.BindingStep), reason => Assert.Equal(IncrementalStepRunReason.Modified, reason));

    private static void AssertUnchanged(GeneratorRun run, string step)
    {
        Assert.NotEmpty(run.Reasons(step));
        Assert.All(run.Reasons(step), reason => Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
        Assert.NotEmpty(run.Sources);
    }

    private static GeneratorRun Edited(string from, string to) => Generated.From(Service).After(compilation =>
    {
        var tree = compilation.SyntaxTrees.Single(candidate => candidate.FilePath.EndsWith("Test0.cs", StringComparison.Ordinal));
        var text = tree.GetText(TestContext.Current.CancellationToken);
        var start = text.ToString().IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, from);
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.Replace(start, from.Length, to)));
    });
}
