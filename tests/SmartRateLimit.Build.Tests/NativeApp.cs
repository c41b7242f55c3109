namespace SmartRateLimit.Build.Tests;

/// <summary>The sample that is published as native code, once for all who run it.</summary>
[CollectionDefinition(Collection)]
public sealed class NativeApp : IAsyncLifetime, ICollectionFixture<NativeApp>
{
    internal const string Collection = "native";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartratelimit native ");

    /// <summary>Where it was published to.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The program.</summary>
    public string Program => Path.Combine(Folder, "AotSmoke");

    /// <summary>What was printed while it was published.</summary>
    public string Output { get; private set; } = string.Empty;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var (exitCode, output) = await Tool.Run(
            Tool.RepositoryRoot, string.Empty, "publish", "samples/AotSmoke", "--nologo", "-p:BuildProjectReferences=false", "--configuration", Tool.Configuration, "--output", Folder);
        Assert.True(exitCode == 0, output);
        Output = output;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }
}
