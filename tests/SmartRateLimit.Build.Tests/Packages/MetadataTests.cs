using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace SmartRateLimit.Build.Tests.Packages;

/// <summary>What a package says of itself, and what it asks for.</summary>
public sealed class MetadataTests(PackedFeed feed)
{
    // What each package asks for, on every framework. "from" is the version that the build was given, "=" that one and no other.
    private static readonly Dictionary<string, string[]> Dependencies = new()
    {
        ["SmartRateLimit"] =
        [
            "Microsoft.Extensions.Configuration.Abstractions 10.0.14",
            "Microsoft.Extensions.DependencyInjection.Abstractions 10.0.14",
            "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions 10.0.14",
            "Microsoft.Extensions.Hosting.Abstractions 10.0.14",
            "Microsoft.Extensions.Logging.Abstractions 10.0.14",
            "Microsoft.Extensions.Options 10.0.14",
            "System.Threading.RateLimiting 10.0.14",
        ],
        ["SmartRateLimit.AspNetCore"] = ["SmartRateLimit ="],
        ["SmartRateLimit.Http"] = ["Microsoft.Extensions.Http 10.0.14", "SmartRateLimit from"],
        ["SmartRateLimit.MongoDB"] = ["Microsoft.Extensions.Logging.Abstractions 10.0.14", "MongoDB.Driver 3.11.0", "SmartRateLimit ="],
        ["SmartRateLimit.Redis"] = ["Microsoft.Extensions.Logging.Abstractions 10.0.14", "SmartRateLimit from", "StackExchange.Redis from"],
        ["SmartRateLimit.Testing"] = ["SmartRateLimit ="],
    };

    public static TheoryData<string> Packages => [.. Dependencies.Keys];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_where_it_comes_from_and_under_which_licence(string package)
    {
        using var archive = Open(package);
        var metadata = Metadata(archive, package);

        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.NotNull(archive.GetEntry("icon.png"));
        Assert.NotNull(archive.GetEntry("README.md"));
        Assert.Contains("rate-limiting", Value(metadata, "tags"), StringComparison.Ordinal);
        Assert.EndsWith(".", Value(metadata, "description"), StringComparison.Ordinal);
        Assert.StartsWith("https://github.com/", metadata.Elements().Single(element => element.Name.LocalName == "repository").Attribute("url")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_asks_for_what_it_needs_from_the_lowest_version_that_will_do(string package)
    {
        using var archive = Open(package);
        var groups = Metadata(archive, package).Descendants().Where(element => element.Name.LocalName == "group" && element.Parent!.Name.LocalName == "dependencies").ToArray();

        Assert.Equal(["net10.0", "net8.0"], groups.Select(group => group.Attribute("targetFramework")!.Value).Order(StringComparer.Ordinal));
        Assert.All(groups, group => Assert.Equal(Dependencies[package], group.Elements().Select(Dependency).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_symbols_of_a_package_are_packed_and_belong_to_its_assemblies(string package)
    {
        using var archive = Open(package);
        using var symbols = ZipFile.OpenRead(Path.Combine(feed.Packages, $"{package}.{feed.Version}.snupkg"));
        foreach (var framework in new[] { "net8.0", "net10.0" })
        {
            using var assembly = new PEReader(Content(archive, $"lib/{framework}/{package}.dll"));
            using var provider = MetadataReaderProvider.FromPortablePdbStream(Content(symbols, $"lib/{framework}/{package}.pdb"));
            var debug = assembly.ReadDebugDirectory();
            var guid = assembly.ReadCodeViewDebugDirectoryData(debug.First(entry => entry.Type == DebugDirectoryEntryType.CodeView)).Guid;

            Assert.Contains(debug, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
            Assert.Equal(guid, new BlobContentId(provider.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
        }
    }

    private string Dependency(XElement element)
    {
        var (id, version) = (element.Attribute("id")!.Value, element.Attribute("version")!.Value);
        var given = id.StartsWith("StackExchange", StringComparison.Ordinal) ? Tool.StackExchangeRedisVersion : feed.Version;
        return $"{id} {(version == $"[{given}]" ? "=" : version == given || (given.EndsWith('*') && version.StartsWith(given[..^1], StringComparison.Ordinal)) ? "from" : version)}";
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static XElement Metadata(ZipArchive archive, string package)
    {
        using var specification = archive.GetEntry(package + ".nuspec")!.Open();
        return XDocument.Load(specification).Root!.Elements().Single();
    }

    private static MemoryStream Content(ZipArchive archive, string name)
    {
        using var entry = archive.GetEntry(name)!.Open();
        var content = new MemoryStream();
        entry.CopyTo(content);
        content.Position = 0;
        return content;
    }

    private ZipArchive Open(string package) => ZipFile.OpenRead(feed.Find(package));
}
