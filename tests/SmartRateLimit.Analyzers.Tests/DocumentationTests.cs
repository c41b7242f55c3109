using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Analyzers.Tests;

/// <summary>The examples of the diagnostics' pages are run, so that they stay true.</summary>
public sealed partial class DocumentationTests
{
    private const string Surroundings = """
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.Extensions.DependencyInjection;

        public sealed record Quote;

        public interface IQuoteSource { Task<Quote> FetchAsync(string tenant); }
        """;

    /// <summary>What the package for Redis looks like to the compiler.</summary>
    public const string RedisPackage = """
        namespace SmartRateLimit;

        public static class SmartRateLimitRedisExtensions
        {
            public static SmartRateLimitOptions UseRedis(this SmartRateLimitOptions options, string configuration) => options;

            public static MultiBackendBuilder AddRedis(this MultiBackendBuilder builder, string configuration) => builder;
        }
        """;

    private const string Application = """
        public static class Application
        {
            public static void Configure(WebApplicationBuilder builder)
            {
                builder.Services.AddSmartRateLimit();
                builder.Build().UseSmartRateLimit();
            }
        }
        """;

    public static TheoryData<string> Ids => DescriptorTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_bad_example_is_reported_and_the_good_one_is_not(string id)
    {
        var page = await PageAsync(id);

        Assert.Equal([id], IdsOf(id, await Check.Diagnostics(Project(page, "Bad"))));
        Assert.Empty(IdsOf(id, await Check.Diagnostics(Project(page, "Good"))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_pragma_around_the_bad_example_silences_it_and_ends_where_it_is_restored(string id)
    {
        var bad = Project(await PageAsync(id), "Bad");

        Assert.Equal([id], IdsOf(id, await Check.Diagnostics(bad)));
        Assert.Empty(IdsOf(id, await Check.Diagnostics(WithFirst(bad, text => $"#pragma warning disable {id}\n{text}"))));
        Assert.Equal([id], IdsOf(id, await Check.Diagnostics(WithFirst(bad, text => $"#pragma warning disable {id}\n#pragma warning restore {id}\n{text}"))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_editorconfig_silences_the_bad_example_or_changes_its_severity(string id)
    {
        var bad = Project(await PageAsync(id), "Bad");
        var usual = Descriptors.All.Single(descriptor => descriptor.Id == id).DefaultSeverity;
        var other = usual == DiagnosticSeverity.Warning ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;

        Assert.All(await Of(id, bad, ""), diagnostic => Assert.Equal(usual, diagnostic.Severity));
        Assert.All(await Of(id, bad, other == DiagnosticSeverity.Error ? "error" : "warning"), diagnostic => Assert.Equal(other, diagnostic.Severity));
        Assert.Empty(await Of(id, bad, "none"));
    }

    private static async Task<Diagnostic[]> Of(string id, CSharpProject project, string severity)
    {
        var configured = severity.Length == 0 ? project : project with { EditorConfig = $"[*.cs]\ndotnet_diagnostic.{id}.severity = {severity}\n" };
        var found = (await Check.Diagnostics(configured)).Where(diagnostic => diagnostic.Id == id).ToArray();
        Assert.True(severity == "none" || found.Length > 0, id);
        return found;
    }

    private static CSharpProject WithFirst(CSharpProject project, Func<string, string> edit) =>
        project with { Files = project.Files.SetItem(0, project.Files[0] with { Text = edit(project.Files[0].Text) }) };

    private static Task<string> PageAsync(string id) =>
        File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"), TestContext.Current.CancellationToken);

    /// <summary>Every id but the hint about the shared limiter, which is not what the other pages are about.</summary>
    private static IEnumerable<string> IdsOf(string about, IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Select(diagnostic => diagnostic.Id).Distinct().Where(id => id != "SRL014" || about == "SRL014");

    private static CSharpProject Project(string page, string kind)
    {
        var example = WithBodies(page, Example().Matches(page).Single(match => match.Groups["kind"].Value == kind).Groups["code"].Value);
        var text = example.Contains(" class ", StringComparison.Ordinal) || example.Contains(" interface ", StringComparison.Ordinal) ? example : $$"""
            public abstract partial class Quotes(IRateLimiter limiter, IQuoteSource source)
            {
            {{example}}
            }
            """;
        var project = CSharpProject.Of(text, Surroundings, page.StartsWith("# SRL040", StringComparison.Ordinal) ? "" : Application).WithWebPackage() with { Output = OutputKind.ConsoleApplication };
        return project with { Assemblies = project.Assemblies.Add((CSharpProject.Of(RedisPackage) with { Name = "SmartRateLimit.Redis" }).Compile().ToMetadataReference()) };
    }

    /// <summary>Adds the bodies that an example leaves out because it is about something else.</summary>
    private static string WithBodies(string page, string example) => page.StartsWith("# SRL011", StringComparison.Ordinal)
        ? example
        : Declaration().Replace(example, method => example.Contains(method.Groups["name"].Value + "Core(", StringComparison.Ordinal)
            ? method.Value
            : $"{method.Value} private {method.Groups["modifiers"].Value}{method.Groups["return"].Value} {method.Groups["name"].Value}Core({method.Groups["parameters"].Value}) => throw null!;");

    [GeneratedRegex(@"public (?<modifiers>static )?partial (?<return>\S+) (?<name>\w+)\((?<parameters>[^)]*)\);")]
    private static partial Regex Declaration();

    [GeneratedRegex("^(?<kind>Bad|Good):\n\n```csharp\n(?<code>.*?)\n```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
