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
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"), TestContext.Current.CancellationToken);

        Assert.Equal([id], await Reported(page, "Bad"));
        Assert.Empty(await Reported(page, "Good"));
    }

    /// <summary>Every id but the hint about the shared limiter, which is not what the other pages are about.</summary>
    private static async Task<IEnumerable<string>> Reported(string page, string kind)
    {
        var example = WithBodies(page, Example().Matches(page).Single(match => match.Groups["kind"].Value == kind).Groups["code"].Value);
        var text = example.Contains(" class ", StringComparison.Ordinal) || example.Contains(" interface ", StringComparison.Ordinal) ? example : $$"""
            public abstract partial class Quotes(IRateLimiter limiter, IQuoteSource source)
            {
            {{example}}
            }
            """;
        var project = CSharpProject.Of(text, Surroundings, page.StartsWith("# SRL040", StringComparison.Ordinal) ? "" : Application).WithWebPackage() with { Output = OutputKind.ConsoleApplication };
        project = project with { Assemblies = project.Assemblies.Add((CSharpProject.Of(RedisPackage) with { Name = "SmartRateLimit.Redis" }).Compile().ToMetadataReference()) };
        return (await Check.Diagnostics(project)).Select(diagnostic => diagnostic.Id).Distinct().Where(id => id != "SRL014" || page.StartsWith("# SRL014", StringComparison.Ordinal));
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
