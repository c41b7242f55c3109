namespace SmartRateLimit.Servers.Processes;

/// <summary>A directory that is deleted when its owner is done.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("smartratelimit-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A server that died this moment may still be writing; the system empties its temporary directory.
        }
    }
}
