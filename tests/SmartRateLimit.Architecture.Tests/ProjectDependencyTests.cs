using System.Xml.Linq;

namespace SmartRateLimit.Architecture.Tests;

/// <summary>What each project may reference.</summary>
public sealed class ProjectDependencyTests
{
    private static readonly string[] CorePackages =
    [
        "Microsoft.Extensions.Configuration.Abstractions",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions",
        "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
        "System.Threading.RateLimiting",
    ];

    [Fact]
    public void The_core_depends_on_abstractions_only() =>
        Assert.Empty(References("src/SmartRateLimit/SmartRateLimit.csproj", "PackageReference").Except(CorePackages));

    [Fact]
    public void Generator_and_analyzers_depend_on_the_compiler_only() =>
        Assert.Empty(
            from project in Projects("generators").Concat(Projects("analyzers"))
            from package in References(project, "PackageReference")
            where !package.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            select $"{project} references {package}");

    [Fact]
    public void No_source_project_references_a_test_project() =>
        Assert.Empty(
            from project in Projects("src").Concat(Projects("generators")).Concat(Projects("analyzers"))
            from reference in References(project, "ProjectReference")
            where reference.Contains("tests/", StringComparison.Ordinal)
            select $"{project} references {reference}");

    // So that it is compiled, and its tests run, where the driver cannot be had.
    [Fact]
    public void What_decides_in_MongoDB_knows_no_driver() =>
        Assert.Empty(
            from file in Repository.SourceFiles("src/SmartRateLimit.MongoDB")
            let path = Path.GetRelativePath(Path.Combine(Repository.Root, "src/SmartRateLimit.MongoDB"), file).Replace('\\', '/')
            where !path.StartsWith("Server/", StringComparison.Ordinal) && !path.StartsWith("Hosting/", StringComparison.Ordinal) && !path.StartsWith("MongoBackend", StringComparison.Ordinal)
            where File.ReadAllText(file).Contains("using MongoDB", StringComparison.Ordinal)
            select path);

    [Theory]
    [InlineData("Rates/RateParser.cs")]
    [InlineData("Keys/KeyTemplateParser.cs")]
    public void Parsers_are_one_source_file_linked_into_generator_and_analyzers(string file)
    {
        Assert.Contains(References("generators/SmartRateLimit.Generators/SmartRateLimit.Generators.csproj", "Compile"), include => include.EndsWith(file, StringComparison.Ordinal));
        Assert.Contains(References("analyzers/SmartRateLimit.Analyzers/SmartRateLimit.Analyzers.csproj", "Compile"), include => include.EndsWith(file, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file));

    private static IEnumerable<string> References(string project, string element) =>
        XDocument.Load(Path.Combine(Repository.Root, project))
            .Descendants(element)
            .Select(reference => (string?)reference.Attribute("Include"))
            .OfType<string>();
}
