using SmartRateLimit.Compiling;

namespace SmartRateLimit.Generators.Tests;

/// <summary>
/// Compares generated texts with <c>Snapshots/Name.verified.cs</c>. What differs is left beside it as
/// <c>Name.received.cs</c>: read it, and rename it when it is right.
/// </summary>
internal static class Snapshot
{
    private static readonly string Version = typeof(RateLimitedGenerator).Assembly.GetName().Version!.ToString(3);

    public static void Match(string name, GeneratorRun run)
    {
        var received = string.Join("\n", run.Sources
            .OrderBy(source => source.HintName, StringComparer.Ordinal)
            .Select(source => "// ---- " + source.HintName + "\n" + source.SourceText))
            .Replace("\"" + Version + "\"", "\"version\"", StringComparison.Ordinal);
        var verifiedPath = TestFolder.PathOf("Snapshots", name + ".verified.cs");
        var receivedPath = TestFolder.PathOf("Snapshots", name + ".received.cs");
        if (File.Exists(verifiedPath) && File.ReadAllText(verifiedPath) == received)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        Assert.Fail($"The generated code is not the one of {verifiedPath}; see {receivedPath}.");
    }
}
