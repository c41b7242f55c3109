using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>Projects that are set up in a way that generated code has to know of.</summary>
public sealed class ProjectTests
{
    private const string Limit = "[RateLimited(\"2/d\", Key = \"*\")]";

    [Fact]
    public void The_class_of_top_level_statements_may_have_limited_methods() => Generated.From(CSharpProject.Of($$"""
        Console.WriteLine(Ask());

        public partial class Program
        {
            {{Limit}} public static partial int Ask();
            private static int AskCore() => 1;
        }
        """) with { Output = OutputKind.ConsoleApplication }).AssertClean();

    [Fact]
    public void A_property_may_be_made_of_its_field_beside_a_limited_method() => Generated.From(CSharpProject.Of($$"""
        public partial class Service
        {
            public int Count { get => field; set => field = value + 1; }

            [RateLimited("2/d", Key = nameof(Count))] public partial int Ask();
            private int AskCore() => Count;
        }
        """) with { Language = LanguageVersion.Preview }).AssertClean();

    [Fact]
    public void A_decorator_says_nothing_of_compliance_that_its_interface_does_not_say()
    {
        var run = Generated.From($$"""
            [assembly: CLSCompliant(true)]

            #pragma warning disable CS3001, CS3002, CS3003, CS3008, CS3010
            public interface IService
            {
                {{Limit}} uint Ask(uint number);
                uint _Count { get; }
                Task<int> FindAsync();
            }
            """).AssertClean();

        Assert.Contains("IRateLimiter? limiter", run.SingleText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public static partial class Service { LIMIT public static partial int Ask(one::Lib.Same a); private static int AskCore(one::Lib.Same a) => 1; }")]
    [InlineData("public static partial class Service { LIMIT public static partial Task<List<one::Lib.Same.Inner[]>> Ask(); private static Task<List<one::Lib.Same.Inner[]>> AskCore() => null!; }")]
    [InlineData("public static partial class Service { LIMIT public static partial int Ask<T>(T a) where T : one::Lib.Same; private static int AskCore<T>(T a) where T : one::Lib.Same => 1; }")]
    [InlineData("public interface IService { LIMIT int Ask(); event Action<one::Lib.Same> Changed; }")]
    [InlineData("public interface IService : one::Lib.IThing { LIMIT int Ask(); }")]
    public void A_type_behind_an_extern_alias_is_an_error_that_its_page_explains(string text)
    {
        var library = CSharpProject.Of("namespace Lib; public class Same { public class Inner; } public interface IThing { int Other(); }") with { Name = "Lib" };
        var project = CSharpProject.Of("extern alias one; " + text.Replace("LIMIT", Limit, StringComparison.Ordinal));
        var run = Generated.From(project with { Assemblies = project.Assemblies.Add(library.Compile().ToMetadataReference(["one"])) });

        Assert.Null(run.Result.Exception);
        Assert.Empty(run.Sources);
        Assert.Equal("SRL013", Assert.Single(Problems.OfAll(run.Compilation).Distinct()));
        Assert.Contains("extern alias", File.ReadAllText(TestFolder.PathOf("..", "..", "docs", "diagnostics", "SRL013.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_an_extern_alias_only_names_as_well_is_limited()
    {
        var library = CSharpProject.Of("namespace Lib; public class Same;") with { Name = "Lib" };
        var project = CSharpProject.Of($"extern alias one; public static partial class Service {{ {Limit} public static partial int Ask(one::Lib.Same a); private static int AskCore(Lib.Same a) => 1; }}");
        Generated.From(project with { Assemblies = project.Assemblies.Add(library.Compile().ToMetadataReference(["one", "global"])) }).AssertClean();
    }
}
