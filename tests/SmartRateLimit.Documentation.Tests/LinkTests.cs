using System.Text.RegularExpressions;

namespace SmartRateLimit.Documentation.Tests;

/// <summary>What a page leads to is there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var broken =
            from target in Targets(page)
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let parts = target.Split('#')
            let file = parts[0].Length == 0 ? Path.Combine(Repository.Root, page) : Path.GetFullPath(Path.Combine(folder, parts[0]))
            where !(File.Exists(file) || Directory.Exists(file)) || (parts.Length > 1 && !Anchors(file).Contains(parts[1]))
            select target;

        Assert.Empty(broken);
    }

    [Fact]
    public void The_index_links_every_page_of_the_documentation()
    {
        var linked = Targets("docs/README.md").ToHashSet(StringComparer.Ordinal);
        var pages = Repository.Pages
            .Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page.Count(letter => letter == '/') == 1 && page != "docs/README.md")
            .Select(page => page["docs/".Length..]);

        Assert.DoesNotContain(pages, page => !linked.Contains(page));
    }

    [Fact]
    public void The_list_of_decisions_links_every_one() =>
        Assert.Equal(
            Repository.Pages.Where(page => page.StartsWith("docs/decisions/0", StringComparison.Ordinal)).Select(page => Path.GetFileName(page)),
            Targets("docs/decisions/README.md").Where(target => target.StartsWith('0')));

    private static IEnumerable<string> Targets(string page)
    {
        var text = Code().Replace(Fence().Replace(Repository.Read(page), string.Empty), string.Empty);
        return Link().Matches(text).Select(link => link.Groups["target"].Value);
    }

    private static IEnumerable<string> Anchors(string file) =>
        from heading in Heading().Matches(Fence().Replace(File.ReadAllText(file), string.Empty))
        let text = heading.Groups["text"].Value.Trim().ToLowerInvariant()
        select NoLetter().Replace(text, string.Empty).Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoLetter();
}
