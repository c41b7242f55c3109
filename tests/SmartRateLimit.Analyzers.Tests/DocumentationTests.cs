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

    public static TheoryData<string> Ids => DescriptorTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_bad_example_is_reported_and_the_good_one_is_not(string id)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"), TestContext.Current.CancellationToken);

        Assert.Contains(id, await Reported(page, "Bad"));
        Assert.DoesNotContain(id, await Reported(page, "Good"));
    }

    private static async Task<IEnumerable<string>> Reported(string page, string kind)
    {
        var example = Example().Matches(page).Single(match => match.Groups["kind"].Value == kind).Groups["code"].Value;
        var text = example.Contains(" class ", StringComparison.Ordinal) ? example : $$"""
            public abstract partial class Quotes(IRateLimiter limiter, IQuoteSource source)
            {
            {{example}}
            }
            """;
        var project = CSharpProject.Of(text, Surroundings).WithWebPackage() with { Output = OutputKind.ConsoleApplication };
        return (await Check.Diagnostics(project)).Select(diagnostic => diagnostic.Id);
    }

    [GeneratedRegex("^(?<kind>Bad|Good):\n\n```csharp\n(?<code>.*?)\n```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
