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

    /// <summary>What makes every step have something to hand on.</summary>
    private const string Others = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.DependencyInjection;

        public static partial class Refusing
        {
            [RateLimited("never", Key = "*")] public static partial int Get();
            private static int GetCore() => 0;
        }

        public interface IBox<T> { [RateLimited("1/s", Key = "*")] T Open(); }

        public sealed class Box : IBox<int> { public int Open() => 0; }

        public class BoxController : ControllerBase
        {
            [RateLimited("1/s", Key = nameof(Tenant))] public string Get() => "";
            internal static string Tenant() => "";
        }

        public static class Handlers
        {
            [RateLimited("1/s", Key = nameof(Session))] public static string Get() => "";
            internal static string Session() => "";
        }

        public static class Program
        {
            public static void Main()
            {
                var builder = WebApplication.CreateBuilder();
                builder.Services.AddSmartRateLimit();
                builder.Services.AddScoped<IBox<int>, Box>();
                builder.Services.AddRateLimited<IBox<int>, Box>();
                var app = builder.Build();
                app.UseSmartRateLimit();
                app.MapGet("/", Handlers.Get);
                app.Run();
            }
        }
        """;

    private static CSharpProject Everything { get; } = CSharpProject.Of(Service, Others).WithWebPackage() with { Output = OutputKind.ConsoleApplication };

    public static TheoryData<string> Steps =>
    [
        RateLimitedGenerator.BindingStep, RateLimitedGenerator.ModelStep, RateLimitedGenerator.RefusalStep, RateLimitedGenerator.EndpointStep,
        RateLimitedGenerator.WatchStep, RateLimitedGenerator.DecoratorStep, RateLimitedGenerator.ClosedDecoratorStep,
    ];

    [Fact]
    public void These_are_all_steps_that_have_a_name() => Assert.Equal(
        typeof(RateLimitedGenerator).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        Steps.Select(step => step.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_unrelated_file_changes_no_step(string step)
    {
        var second = Generated.From(Everything).After(compilation => compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("class Unrelated;", CSharpParseOptions.Default, "Unrelated.cs", cancellationToken: TestContext.Current.CancellationToken)));
        var kept = second.Reasons(step).Where(reason => reason != IncrementalStepRunReason.New).ToArray();

        Assert.NotEmpty(kept);
        Assert.All(kept, AssertKept);
        Assert.Equal(step == RateLimitedGenerator.BindingStep ? 1 : 0, second.Reasons(step).Length - kept.Length);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_edit_of_the_body_changes_no_step(string step) =>
        AssertUnchanged(Edited("tenant.Length", "tenant.Length + 1", Everything), step);

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_comment_before_the_method_changes_no_step(string step) =>
        AssertUnchanged(Edited("    [RateLimited", "    // A comment.\n\n    [RateLimited", Everything), step);

    [Fact]
    public void An_unrelated_edit_writes_no_file_again() => Assert.All(
        Edited("tenant.Length", "tenant.Length + 1", Everything).Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs),
        output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));

    /// <summary>So that every step is known to be able to change.</summary>
    [Theory]
    [InlineData(RateLimitedGenerator.RefusalStep, "\"never\", Key = \"*\")] public static", "\"never\", Key = \"*\")] internal static")]
    [InlineData(RateLimitedGenerator.DecoratorStep, "T Open()", "T Close()")]
    [InlineData(RateLimitedGenerator.ClosedDecoratorStep, "AddRateLimited<IBox<int>, Box>", "AddRateLimited<IBox<string>, Box>")]
    [InlineData(RateLimitedGenerator.EndpointStep, "string Tenant()", "object Tenant()")]
    [InlineData(RateLimitedGenerator.EndpointStep, "app.MapGet(\"/\", Handlers.Get);", "")]
    public void A_related_edit_changes_a_step(string step, string from, string to) =>
        Assert.Contains(Edited(from, to, Everything, "Test1.cs").Reasons(step), reason => reason == IncrementalStepRunReason.Modified);

    [Theory]
    [MemberData(nameof(RelatedEdits))]
    public void A_related_edit_changes_the_model(string from, string to) =>
        Assert.Single(Edited(from, to).Reasons(RateLimitedGenerator.BindingStep), reason => reason == IncrementalStepRunReason.Modified);

    private static void AssertUnchanged(GeneratorRun run, string step)
    {
        Assert.NotEmpty(run.Reasons(step));
        Assert.All(run.Reasons(step), AssertKept);
        Assert.NotEmpty(run.Sources);
    }

    private static void AssertKept(IncrementalStepRunReason reason) =>
        Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged });

    private static GeneratorRun Edited(string from, string to) => Edited(from, to, CSharpProject.Of(Service));

    private static GeneratorRun Edited(string from, string to, CSharpProject project, string file = "Test0.cs") => Generated.From(project).After(compilation =>
    {
        var tree = compilation.SyntaxTrees.Single(candidate => candidate.FilePath.EndsWith(file, StringComparison.Ordinal));
        var text = tree.GetText(TestContext.Current.CancellationToken);
        var start = text.ToString().IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, from);
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.Replace(start, from.Length, to)));
    });
}
