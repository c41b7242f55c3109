using System.Text.RegularExpressions;
using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>What the documentation shows as generated is what is generated.</summary>
public sealed partial class GeneratedCodePageTests
{
    private const string Surroundings = """
        public sealed record Quote;

        public interface IQuoteSource { Task<Quote> FetchAsync(string symbol, CancellationToken cancellationToken); }
        """;

    private static readonly string Page = TestFolder.PathOf("..", "..", "docs", "generated-code.md");

    private static readonly string Readme = File.ReadAllText(TestFolder.PathOf("..", "..", "README.md"));

    [Fact]
    public void The_page_shows_what_is_generated()
    {
        var shown = File.ReadAllText(Page);
        var written = Example().Replace(shown, example =>
            $"{example.Groups["before"].Value}{example.Groups["source"].Value}{example.Groups["between"].Value}{Write(example.Groups["source"].Value)}```");
        var received = Path.ChangeExtension(Page, ".received.md");
        if (shown == written)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, written);
        Assert.Fail($"The page {Page} does not show what is generated; see {received}.");
    }

    [Fact]
    public void The_page_has_the_example_of_the_readme() =>
        Assert.Contains(FirstBlock().Match(Readme).Value, File.ReadAllText(Page), StringComparison.Ordinal);

    [Fact]
    public void The_readme_shows_the_body_that_is_generated()
    {
        var shown = GeneratedBlock().Match(Readme).Groups["code"].Value;
        var written = Prefix().Replace(Write(FirstBlock().Match(Readme).Groups["code"].Value), "");

        Assert.Contains(string.Concat(shown.Split('\n').Select(line => line.Trim())), string.Concat(written.Split('\n').Select(line => line.Trim())), StringComparison.Ordinal);
    }

    private static string Write(string source)
    {
        var text = Generated.From(CSharpProject.Of(source, Surroundings)).AssertClean().SingleText;
        return Version().Replace(text, "\"SmartRateLimit.Generators\", \"…\"");
    }

    [GeneratedRegex("(?<before>You write:\n\n```csharp\n)(?<source>.*?)(?<between>```\n\nThe generator writes:\n\n```csharp\n)(?<generated>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstBlock();

    [GeneratedRegex("<!-- generated: the body of GetAsync -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex GeneratedBlock();

    [GeneratedRegex(@"global::((System|Threading|Tasks|SmartRateLimit)\.)*")]
    private static partial Regex Prefix();

    [GeneratedRegex("\"SmartRateLimit.Generators\", \"[^\"]*\"")]
    private static partial Regex Version();
}
