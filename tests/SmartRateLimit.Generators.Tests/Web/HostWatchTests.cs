using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartRateLimit.Generators.Tests.Web;

/// <summary>A web application looks at itself when it starts, whether or not this compilation shows a limit.</summary>
public sealed class HostWatchTests
{
    private const string Program = "WebApplication.Create().Run();";

    [Fact]
    public void An_application_starts_the_watch_before_anything_else()
    {
        var text = WebCode.From(Program, OutputKind.ConsoleApplication).AssertClean().SingleText;

        Assert.Contains("ModuleInitializer", text, StringComparison.Ordinal);
        Assert.Contains("global::SmartRateLimit.AspNetCore.HostWatch.Start()", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_starts_none() => Assert.Empty(WebCode.From("public class C;").AssertClean().Sources);

    [Fact]
    public void An_application_without_the_web_package_starts_none() => Assert.Empty(
        Generated.From(Compiling.CSharpProject.Of("System.Console.WriteLine();") with { Output = OutputKind.ConsoleApplication }).AssertClean().Sources);

    [Fact]
    public void An_unrelated_file_writes_it_not_again()
    {
        var second = WebCode.From(Program, OutputKind.ConsoleApplication).After(compilation => compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("class Unrelated;", CSharpParseOptions.Default, "Unrelated.cs", cancellationToken: TestContext.Current.CancellationToken)));

        Assert.Equal(
            IncrementalStepRunReason.Unchanged,
            Assert.Single(Assert.Single(second.Result.TrackedSteps[RateLimitedGenerator.WatchStep]).Outputs).Reason);
    }
}
