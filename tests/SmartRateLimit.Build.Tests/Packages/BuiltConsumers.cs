namespace SmartRateLimit.Build.Tests.Packages;

/// <summary>All users' projects that must build, built together once.</summary>
/// <param name="feed">The packages.</param>
public sealed class BuiltConsumers(PackedFeed feed) : IAsyncLifetime
{
    private const string Solution = "Consumers.slnx";

    /// <summary>0 when all were built.</summary>
    public int ExitCode { get; private set; }

    /// <summary>What the build printed.</summary>
    public string Output { get; private set; } = string.Empty;

    /// <summary>Builds them.</summary>
    public async ValueTask InitializeAsync()
    {
        var projects = Directory.EnumerateFiles(feed.Consumers, "*.*proj", SearchOption.AllDirectories)
            .Select(project => Path.GetRelativePath(feed.Consumers, project))
            .Where(project => !project.StartsWith("Refused", StringComparison.Ordinal) && !project.StartsWith("Published", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(feed.Consumers, Solution),
            $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>");
        (ExitCode, Output) = await feed.BuildAsync(Solution);
    }

    /// <summary>Nothing: the feed removes the folder.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
