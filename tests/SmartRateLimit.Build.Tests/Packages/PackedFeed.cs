using System.Diagnostics;
using System.Globalization;
using SmartRateLimit.Build.Tests.Packages;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace SmartRateLimit.Build.Tests.Packages;

/// <summary>
/// The packages, freshly packed from what was built, as a package source; users' projects in a folder of their own; and a
/// package cache that was empty when the tests began.
/// </summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("smartratelimit consumers ");

    /// <summary>A folder below which projects find the packages.</summary>
    public string Root => _root.FullName;

    /// <summary>Where the packages are.</summary>
    public string Packages => Path.Combine(_root.FullName, "packages");

    /// <summary>Where the users' projects are.</summary>
    public string Consumers => Path.Combine(_root.FullName, "Consumers");

    /// <summary>The version of the packages.</summary>
    public string Version { get; private set; } = string.Empty;

    /// <summary>Packs, and puts everything in place.</summary>
    public async ValueTask InitializeAsync()
    {
        var (exitCode, output) = await Tool.Run(
            Tool.RepositoryRoot, string.Empty, "pack", "SmartRateLimit.Generators.sln", "--no-build", "--nologo", "-m:2", "--configuration", Tool.Configuration, "--output", Packages);
        Assert.True(exitCode == 0, output);
        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Packages, "SmartRateLimit.?.*.nupkg").Single())["SmartRateLimit.".Length..];
        Copy(Path.Combine(Tool.RepositoryRoot, "tests", "SmartRateLimit.Build.Tests", "Consumers"), Consumers);
        await File.WriteAllTextAsync(
            Path.Combine(_root.FullName, "NuGet.config"),
            string.Create(CultureInfo.InvariantCulture, $"""<configuration><packageSources><add key="packed" value="{Packages}" /></packageSources></configuration>"""));
    }

    /// <summary>A package's file. Without its driver the one for MongoDB is not there, and the test is not run.</summary>
    public string Find(string package)
    {
        Assert.SkipUnless(Tool.WithMongoDB || package != "SmartRateLimit.MongoDB", $"{package} was left out of this build, since its driver is not to be had.");
        return Path.Combine(Packages, $"{package}.{Version}.nupkg");
    }

    /// <summary>Builds a project or solution of the users'.</summary>
    public Task<(int ExitCode, string Output)> BuildAsync(string project, params string[] arguments) =>
        RunAsync(["build", project, "--nologo", "-m:2", "--configuration", "Release", "-p:SmartRateLimitVersion=" + Version, .. arguments]);

    /// <summary>Runs <c>dotnet</c> with the users' package cache.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunInAsync(Consumers, arguments);

    /// <summary>Runs <c>dotnet</c> in a folder.</summary>
    public Task<(int ExitCode, string Output)> RunInAsync(string folder, params string[] arguments) => Tool.Run(folder, Environment, string.Empty, arguments);

    /// <summary>How to run <c>dotnet</c> in a folder without waiting for its end.</summary>
    public ProcessStartInfo Start(string folder, params string[] arguments) => Tool.Start("dotnet", folder, Environment, arguments);

    /// <summary>Removes it all.</summary>
    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private Dictionary<string, string> Environment => new()
    {
        ["NUGET_PACKAGES"] = Path.Combine(_root.FullName, "cache"),
        // Nobody has used the tool here before.
        ["DOTNET_CLI_HOME"] = Path.Combine(_root.FullName, "home"),
    };

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
