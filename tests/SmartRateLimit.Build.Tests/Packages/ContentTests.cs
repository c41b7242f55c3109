using System.IO.Compression;
using System.Xml.Linq;

namespace SmartRateLimit.Build.Tests.Packages;

/// <summary>What is in the packages, and what they depend on.</summary>
public sealed class ContentTests(PackedFeed feed)
{
    private static readonly string[] Frameworks = ["net8.0", "net10.0"];

    [Fact]
    public void The_package_of_the_core_brings_the_compiler_extensions_and_the_build_file()
    {
        var files = Files("SmartRateLimit");

        Assert.Equal(
            ["analyzers/dotnet/cs/SmartRateLimit.Analyzers.dll", "analyzers/dotnet/cs/SmartRateLimit.CodeFixes.dll", "analyzers/dotnet/cs/SmartRateLimit.Generators.dll"],
            files.Where(file => file.StartsWith("analyzers/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("buildTransitive/SmartRateLimit.targets", files);
    }

    [Theory]
    [InlineData("SmartRateLimit")]
    [InlineData("SmartRateLimit.AspNetCore")]
    [InlineData("SmartRateLimit.Http")]
    [InlineData("SmartRateLimit.MongoDB")]
    [InlineData("SmartRateLimit.Redis")]
    [InlineData("SmartRateLimit.Testing")]
    public void Each_package_has_its_assembly_and_its_documentation_for_each_framework(string package)
    {
        var files = Files(package);

        Assert.Equal(
            Frameworks.SelectMany(framework => new[] { $"lib/{framework}/{package}.dll", $"lib/{framework}/{package}.xml" }).Order(StringComparer.Ordinal),
            files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SmartRateLimit.AspNetCore")]
    [InlineData("SmartRateLimit.Http")]
    [InlineData("SmartRateLimit.MongoDB")]
    [InlineData("SmartRateLimit.Redis")]
    [InlineData("SmartRateLimit.Testing")]
    public void Each_package_passes_the_analyzers_of_the_core_on(string package)
    {
        var dependencies = Metadata(package).Descendants()
            .Where(element => element.Name.LocalName == "dependency" && element.Attribute("id")!.Value == "SmartRateLimit")
            .ToArray();

        Assert.Equal(Frameworks.Length, dependencies.Length);
        Assert.All(dependencies, dependency => Assert.DoesNotContain("Analyzers", dependency.Attribute("exclude")?.Value ?? string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public void MongoDB_is_packed_where_its_driver_was_to_be_had_and_nowhere_else() =>
        Assert.Equal(Tool.WithMongoDB, File.Exists(Path.Combine(feed.Packages, $"SmartRateLimit.MongoDB.{feed.Version}.nupkg")));

    private string[] Files(string package)
    {
        using var archive = Open(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private XElement Metadata(string package)
    {
        using var archive = Open(package);
        using var specification = archive.GetEntry(package + ".nuspec")!.Open();
        return XDocument.Load(specification).Root!.Elements().Single();
    }

    private ZipArchive Open(string package) => ZipFile.OpenRead(feed.Find(package));
}
