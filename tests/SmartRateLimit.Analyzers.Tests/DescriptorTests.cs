using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Analyzers.Tests;

public sealed class DescriptorTests
{
    public static TheoryData<string> Ids => [.. Descriptors.All.Select(descriptor => descriptor.Id)];

    [Fact]
    public void Every_id_that_binding_reports_has_a_descriptor_of_the_same_severity()
    {
        var ids = typeof(Binding.ProblemId).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.Equal(ids.Order(StringComparer.Ordinal), Descriptors.All.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal));
        Assert.All(Descriptors.All, descriptor => Assert.Equal(Binding.ProblemId.IsError(descriptor.Id), descriptor.DefaultSeverity == DiagnosticSeverity.Error));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_descriptor_has_a_page_that_its_help_link_names(string id)
    {
        var descriptor = Descriptors.All.Single(descriptor => descriptor.Id == id);
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"));

        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.StartsWith($"# {id}: {descriptor.Title}\n\n{descriptor.DefaultSeverity}. ", page, StringComparison.Ordinal);
        Assert.Contains("\nBad:\n\n```csharp\n", page, StringComparison.Ordinal);
        Assert.Contains("\nGood:\n\n```csharp\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_descriptor_has_a_row_in_the_index(string id)
    {
        var descriptor = Descriptors.All.Single(descriptor => descriptor.Id == id);
        var index = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", "README.md"));

        Assert.Contains($"| [{id}]({id}.md) | {descriptor.DefaultSeverity} | {descriptor.Title} |", index, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_descriptor_has_a_release_row(string id)
    {
        var descriptor = Descriptors.All.Single(descriptor => descriptor.Id == id);
        var analyzers = Path.Combine(Repository.Root, "analyzers", "SmartRateLimit.Analyzers");
        var releases = File.ReadAllText(Path.Combine(analyzers, "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Path.Combine(analyzers, "AnalyzerReleases.Unshipped.md"));

        Assert.Contains($"\n{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}\n", releases, StringComparison.Ordinal);
    }
}
